package org.ganvas.cli.console;

import java.io.Console;
import java.io.PrintWriter;
import java.util.regex.Pattern;

/** Whether somebody is watching, and what may be shown to them. */
public final class Terminal {
  private Terminal() {}

  /** The launcher knows of standard error, where all progress goes; Java can't tell. */
  private static final String PROPERTY = "ganvas.terminal";

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

  /** Whether standard error is a terminal; without the launcher, whether input and output are. */
  @SuppressWarnings("SystemConsoleNull") // null still means no terminal before JDK 22
  public static boolean isAttached() {
    String told = System.getProperty(PROPERTY);
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From JDK 22 on there is a console even where there is no terminal, and a method that tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Prints a line that may have a file's name in it, at once. */
  public static void tell(PrintWriter out, String line) {
    out.println(printable(line));
    out.flush();
  }

  /** A file's name may hold line breaks and escape sequences; they are shown as {@code ls} does. */
  public static String printable(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }
}
