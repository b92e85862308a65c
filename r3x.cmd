@echo off
rem Runs the r3x command of this checkout: builds it when it is missing, then starts it. Mirrors ./r3x.
setlocal
set "root=%~dp0"
set "program=%root%artifacts\r3x\r3x.exe"
if exist "%program%" if exist "%root%artifacts\r3x\.built" goto fresh
goto build

:fresh
rem Anything under host, effects or the Directory.* files that is newer than the build makes it stale.
powershell -NoProfile -Command "$b=(Get-Item '%root%artifacts\r3x\.built').LastWriteTimeUtc; if (Get-ChildItem '%root%host','%root%effects','%root%Directory.*.props' -Recurse -File | Where-Object { $_.LastWriteTimeUtc -gt $b } | Select-Object -First 1) { exit 1 }"
if errorlevel 1 goto build
goto run

:build
where dotnet >nul 2>nul
if errorlevel 1 (
  echo r3x: the .NET SDK 10 is not installed. Install it with: winget install Microsoft.DotNet.SDK.10 1>&2
  exit /b 1
)
echo r3x: building once, this takes about a minute ... 1>&2
if not exist "%root%artifacts" mkdir "%root%artifacts"
if exist "%root%plugins" rmdir /s /q "%root%plugins"
rem What is changed while this runs is newer than the build.
type nul >"%root%artifacts\.build-begun"
dotnet publish "%root%host\R3X.FxHost.Cli" -c Release -v quiet --nologo -p:AheadOfTime=true -p:ReadyToRunPlugins=true -o "%root%artifacts\r3x" >"%root%artifacts\build.log" 2>&1 || goto failed
move /y "%root%artifacts\.build-begun" "%root%artifacts\r3x\.built" >nul

:run
if not defined R3X_HOME set "R3X_HOME=%root%"
rem A small first generation (in hexadecimal: 4 MiB) keeps the memory of an endless stream level.
if not defined DOTNET_GCgen0size set "DOTNET_GCgen0size=400000"
if not defined DOTNET_EnableWriteXorExecute set "DOTNET_EnableWriteXorExecute=0"
"%program%" %*
exit /b %errorlevel%

:failed
echo r3x: the build failed. The errors, from artifacts\build.log: 1>&2
findstr /c:"error" "%root%artifacts\build.log" 1>&2
exit /b 1
