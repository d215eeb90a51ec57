@echo off
"%~dp0ganvas.cmd" upscale %*
