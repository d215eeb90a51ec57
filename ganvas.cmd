@echo off
rem Starts Ganvas, after building it if that has not been done since its sources changed.
setlocal DisableDelayedExpansion
set "GANVAS_HOME=%~dp0."
set "output=%GANVAS_HOME%\cli\target"
set "lock=%output%\launcher.lock"
set "log=%output%\launcher.log"
set "OPT_OUT_TRACKING=true"
rem Paths that are told stand in quotes: what follows the ")" of "Program Files (x86)" would end a block.

set "java=java.exe"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
"%java%" -version >nul 2>nul
if errorlevel 1 (
  echo ganvas: a JDK 17 or newer is needed, found no "%java%"; install one and set JAVA_HOME 1>&2
  exit /b 1
)

call :stale
if errorlevel 1 call :build
if errorlevel 1 exit /b 1
"%java%" -Dganvas.home="%GANVAS_HOME%" %GANVAS_JAVA_OPTS% -jar "%output%\ganvas.jar" %*
exit /b %errorlevel%

rem Error level 1 if there is no build, or a source is newer than the stamp.
:stale
if not exist "%output%\ganvas.jar" exit /b 1
if not exist "%output%\launcher.stamp" exit /b 1
powershell -NoProfile -Command "Set-Location -LiteralPath $env:GANVAS_HOME; $built = (Get-Item cli\target\launcher.stamp).LastWriteTime; if (Get-Item pom.xml, *\pom.xml, .mvn | Where-Object LastWriteTime -gt $built) { exit 1 }; if (Get-ChildItem *\src\main -Recurse | Where-Object LastWriteTime -gt $built | Select-Object -First 1) { exit 1 }"
exit /b %errorlevel%

:build
"%java%" --list-modules 2>nul | findstr /r /c:"^jdk\.compiler@1[7-9]" /c:"^jdk\.compiler@[2-9][0-9]" >nul
if errorlevel 1 (
  echo ganvas: building needs a JDK 17 or newer, found an older Java or one without compiler at "%java%"; set JAVA_HOME to one 1>&2
  exit /b 1
)
if not exist "%output%" mkdir "%output%"
set "tries=0"
:take_lock
mkdir "%lock%" 2>nul && goto :locked
set /a tries+=1
rem Ctrl-C ends a build without what follows it, so its lock is left.
if %tries%==1 echo Waiting for another launch that is building Ganvas; if there is none, remove the folder "%lock%" 1>&2
if %tries% geq 300 (
  echo ganvas: building waits for another launch since 5 minutes; if there is none, remove the folder "%lock%" 1>&2
  exit /b 1
)
ping -n 2 127.0.0.1 >nul
goto :take_lock
:locked
call :stale
if not errorlevel 1 goto :built
echo Building Ganvas (first use, about a minute)... 1>&2
type nul >"%output%\launcher.new"
pushd "%GANVAS_HOME%"
call .\mvnw.cmd -q -B -DskipTests -Dganvas.analysis=false package >"%log%" 2>&1
set "failed=%errorlevel%"
popd
if not %failed%==0 (
  rmdir "%lock%"
  findstr /b /c:"[ERROR]" "%log%" 1>&2 || type "%log%" 1>&2
  echo ganvas: building failed; the whole log is "%log%" 1>&2
  exit /b 1
)
move /y "%output%\launcher.new" "%output%\launcher.stamp" >nul
:built
rmdir "%lock%"
exit /b 0
