; The installer for Windows: for one person, without administrator rights. scripts/package/windows.mjs defines
; VERSION, FOLDER (the finished app), OUT, ICON, ON_PATH, KILOBYTES, LISTS (a folder with two lists made from FOLDER)
; and perhaps SIGN.
Unicode true
Target amd64-unicode
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include Win\COM.nsh
!include Win\Propkey.nsh

!define NAME "Reshoot"
; As in builderConfig and main/shell/app.ts: Windows shows notifications only of an app whose shortcut has its id.
!define APP_ID "app.reshoot.Reshoot"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define CLASSES "Software\Classes"
; Windows has this folder on the PATH of every person, so PATH itself stays as it is.
!define PATH_FOLDER "$LOCALAPPDATA\Microsoft\WindowsApps"

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
SetCompressor /SOLID lzma
ManifestDPIAware true
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The Reshoot developers"
!ifdef SIGN
  !finalize '${SIGN}'
  !uninstfinalize '${SIGN}'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\reshoot.exe"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

LangString closeFirst ${LANG_ENGLISH} "Reshoot is running. Quit it, then choose Retry."
LangString closeFirst ${LANG_SIMPCHINESE} "Reshoot 正在运行。请先退出，再点“重试”。"

; A running app keeps its executable open. After an update it may still be quitting.
!macro WAIT_UNTIL_CLOSED
  StrCpy $1 0
  ${DoWhile} ${FileExists} "$INSTDIR\reshoot.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\reshoot.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    IntOp $1 $1 + 1
    ${If} $1 < 40
      Sleep 250
    ${Else}
      StrCpy $1 0
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(closeFirst)" /SD IDCANCEL IDRETRY +3
        SetErrorLevel 2
        Quit
    ${EndIf}
  ${Loop}
!macroend

; A place where a person keeps files is never the app's folder: it is always this one.
!macro ONE_PLACE
  SetShellVarContext current
  StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
!macroend

!macro TELL_EXPLORER
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

!macro OPEN_WITH extension
  WriteRegStr HKCU "${CLASSES}\Applications\reshoot.exe\SupportedTypes" "${extension}" ""
  WriteRegStr HKCU "${CLASSES}\${extension}\OpenWithProgids" "${NAME}.File" ""
!macroend
!macro NOT_OPEN_WITH extension
  DeleteRegValue HKCU "${CLASSES}\${extension}\OpenWithProgids" "${NAME}.File"
!macroend
!macro EACH_EXTENSION do
  !insertmacro ${do} ".mp4"
  !insertmacro ${do} ".m4v"
  !insertmacro ${do} ".mov"
  !insertmacro ${do} ".mkv"
  !insertmacro ${do} ".webm"
  !insertmacro ${do} ".avi"
  !insertmacro ${do} ".ts"
  !insertmacro ${do} ".png"
  !insertmacro ${do} ".jpg"
  !insertmacro ${do} ".jpeg"
  !insertmacro ${do} ".webp"
  !insertmacro ${do} ".bmp"
!macroend

!macro GIVE_APP_ID link
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${If} $1 P<> 0
      ${IPersistFile::Load} $1 '("${link}", ${STGM_READWRITE})'
      ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
      ${If} $2 P<> 0
        System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
        System::Call '*(&w64 "${APP_ID}")p.r5'
        System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},,r5)p.r4'
        ${IPropertyStore::SetValue} $2 '($3, $4)'
        ${IPropertyStore::Commit} $2 ""
        ${IPersistFile::Save} $1 '("${link}", 1)'
        System::Free $5
        System::Free $4
        System::Free $3
        ${IUnknown::Release} $2 ""
      ${EndIf}
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
!macroend

Function .onInit
  !insertmacro ONE_PLACE
  !insertmacro WAIT_UNTIL_CLOSED
FunctionEnd

Section
  !insertmacro ONE_PLACE
  ; The uninstaller of the version before knows that version's files. `_?=` makes it run in place, so that it is waited for.
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    ExecWait '"$INSTDIR\uninstall.exe" /S --updated _?=$INSTDIR'
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\reshoot.exe"
  !insertmacro GIVE_APP_ID "$SMPROGRAMS\${NAME}.lnk"

  CreateDirectory "${PATH_FOLDER}"
  File "/oname=${PATH_FOLDER}\reshoot.cmd" "${ON_PATH}"

  WriteRegStr HKCU "${CLASSES}\${NAME}.File" "" "${NAME}"
  WriteRegStr HKCU "${CLASSES}\${NAME}.File\DefaultIcon" "" "$INSTDIR\reshoot.exe,0"
  WriteRegStr HKCU "${CLASSES}\${NAME}.File\shell\open\command" "" '"$INSTDIR\reshoot.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\reshoot.exe" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${CLASSES}\Applications\reshoot.exe\shell\open\command" "" '"$INSTDIR\reshoot.exe" "%1"'
  !insertmacro EACH_EXTENSION OPEN_WITH

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\reshoot.exe,0"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Reshoot developers"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  !insertmacro TELL_EXPLORER

  ; An update starts the app again.
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "--force-run" $1
  ${IfNot} ${Errors}
    Exec '"$INSTDIR\reshoot.exe"'
  ${EndIf}
SectionEnd

Function un.onInit
  !insertmacro ONE_PLACE
  !insertmacro WAIT_UNTIL_CLOSED
FunctionEnd

; Only what was installed is removed, file by file: what a person put into the folder stays, like the person's own
; folders in %APPDATA% and Videos.
Section "Uninstall"
  !insertmacro ONE_PLACE
  SetOutPath "$TEMP"
  !include "${LISTS}/files.nsh"
  Delete "$INSTDIR\uninstall.exe"
  !include "${LISTS}/folders.nsh"
  RMDir "$INSTDIR"

  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "--updated" $1
  ${If} ${Errors}
    Delete "$SMPROGRAMS\${NAME}.lnk"
    Delete "${PATH_FOLDER}\reshoot.cmd"
    DeleteRegKey HKCU "${CLASSES}\${NAME}.File"
    DeleteRegKey HKCU "${CLASSES}\Applications\reshoot.exe"
    !insertmacro EACH_EXTENSION NOT_OPEN_WITH
    DeleteRegKey HKCU "${UNINSTALL}"
    !insertmacro TELL_EXPLORER
  ${EndIf}
SectionEnd
