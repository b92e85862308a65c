@echo off
rem Runs the r3x command of this checkout: builds it when it is missing or older than its sources, then starts it. Mirrors ./r3x.
setlocal
set "root=%~dp0"
set "program=%root%artifacts\r3x\r3x.exe"
set "built="
if exist "%program%" if exist "%root%artifacts\r3x\.built" if exist "%root%plugins" set "built=1"
if not defined built goto build
call :compare r3x\.built
if errorlevel 1 goto build
goto run

rem Ends with 1 when a source is newer than a file in artifacts. The root is no part of the command: it may hold an apostrophe.
:compare
powershell -NoProfile -Command "$b = (Get-Item -LiteralPath ($env:root + 'artifacts\%1')).LastWriteTimeUtc; Set-Location -LiteralPath $env:root; $files = @(Get-ChildItem host, effects -Recurse -File) + @(Get-Item Directory.*.props); if ($files | Where-Object { $_.LastWriteTimeUtc -gt $b } | Select-Object -First 1) { exit 1 }"
exit /b %errorlevel%

:build
rem A build that is older than its sources is better than none.
if not exist "%root%artifacts" mkdir "%root%artifacts" 2>nul
if exist "%root%artifacts\.build-begun" del "%root%artifacts\.build-begun" 2>nul
rem What is changed while this runs is newer than the build.
type nul 2>nul >"%root%artifacts\.build-begun"
if not exist "%root%artifacts\.build-begun" goto unwritable
for %%d in (dotnet.exe) do if "%%~$PATH:d"=="" goto nosdk
if not defined built goto compile
if not exist "%root%artifacts\.build-failed" goto compile
call :compare .build-failed
if not errorlevel 1 goto stillfailed

:compile
echo r3x: building once, this takes about a minute ... 1>&2
rem Into folders of their own: what does not compile must not cost the build that is there.
for %%f in (plugins.new r3x.new effects\release) do if exist "%root%artifacts\%%f" rmdir /s /q "%root%artifacts\%%f"
dotnet publish "%root%host\R3X.FxHost.Cli" -c Release -v quiet --nologo -p:AheadOfTime=true -p:ReadyToRunPlugins=true -p:PluginsFolder="%root%artifacts\plugins.new/" -o "%root%artifacts\r3x.new" >"%root%artifacts\build.log" 2>&1
if errorlevel 1 goto failed
move /y "%root%artifacts\.build-begun" "%root%artifacts\r3x.new\.built" >nul
if exist "%root%artifacts\.build-failed" del "%root%artifacts\.build-failed"
rem Windows moves no folder whose files are in use: a command that is running keeps its build, and so does this one.
for %%f in (plugins.old r3x.old) do if exist "%root%artifacts\%%f" rmdir /s /q "%root%artifacts\%%f"
if exist "%root%artifacts\r3x" move /y "%root%artifacts\r3x" "%root%artifacts\r3x.old" >nul 2>nul
if exist "%root%artifacts\r3x" goto inuse
if exist "%root%plugins" move /y "%root%plugins" "%root%artifacts\plugins.old" >nul 2>nul
if exist "%root%plugins" goto pluginsinuse
move /y "%root%artifacts\plugins.new" "%root%plugins" >nul
move /y "%root%artifacts\r3x.new" "%root%artifacts\r3x" >nul
for %%f in (plugins.old r3x.old) do if exist "%root%artifacts\%%f" rmdir /s /q "%root%artifacts\%%f"

:run
if not defined R3X_HOME set "R3X_HOME=%root%"
rem A small first generation (in hexadecimal: 4 MiB) keeps the memory of an endless stream level.
if not defined DOTNET_GCgen0size set "DOTNET_GCgen0size=400000"
if not defined DOTNET_EnableWriteXorExecute set "DOTNET_EnableWriteXorExecute=0"
"%program%" %*
exit /b %errorlevel%

:failed
move /y "%root%artifacts\.build-begun" "%root%artifacts\.build-failed" >nul
echo r3x: the build failed. The errors, from artifacts\build.log: 1>&2
findstr /c:"error" "%root%artifacts\build.log" 1>&2
if not defined built exit /b 1
:stillfailed
echo r3x: warning: this build is older than its sources, and what changed does not compile: artifacts\build.log says why. 1>&2
goto run

:pluginsinuse
move /y "%root%artifacts\r3x.old" "%root%artifacts\r3x" >nul
:inuse
echo r3x: warning: this build is older than its sources: a running r3x keeps its files. End that, then run this again. 1>&2
goto run

:nosdk
if defined built goto nosdkbuilt
echo r3x: the .NET SDK 10 is not installed. Install it with: winget install Microsoft.DotNet.SDK.10 1>&2
exit /b 1
:nosdkbuilt
echo r3x: warning: this build is older than its sources, and the .NET SDK 10, which would build it anew, is not installed. 1>&2
goto run

rem Quoted: the folder's name may hold an ampersand or a bracket.
:unwritable
if defined built goto unwritablebuilt
echo r3x: "%root%" was not built, and you may not write there. Copy it and run the copy. 1>&2
exit /b 1
:unwritablebuilt
echo r3x: warning: this build is older than its sources, and "%root%" cannot be written. 1>&2
goto run
