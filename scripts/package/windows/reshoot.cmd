@echo off
rem Runs a command without a window: reshoot check clip.mp4. With nothing or with files it opens the window.
setlocal
set "app=%~dp0..\reshoot.exe"
if "%~1"=="" goto window
if exist "%~1" goto window
"%app%" --disable-gpu --log-level=3 --cli %*
exit /b %errorlevel%
:window
start "" "%app%" %*
