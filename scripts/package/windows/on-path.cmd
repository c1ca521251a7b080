@echo off
"%LOCALAPPDATA%\Programs\Reshoot\bin\reshoot.cmd" %*
