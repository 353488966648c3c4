#Requires -Version 7.6
<#
.SYNOPSIS
Fails where a tag, the package of it and the change log do not name one version.
.EXAMPLE
./build/Test-Release.ps1 -Tag v0.1.0 -Package ./out/MultiCluster.0.1.0.nupkg
#>
[CmdletBinding()]
param(
    # v and the version.
    [Parameter(Mandatory)] [string] $Tag,
    # What is to be published.
    [Parameter(Mandatory)] [string] $Package,
    [string] $ChangeLog = "$PSScriptRoot/../CHANGELOG.md"
)

$ErrorActionPreference = 'Stop'

$folder = New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "multicluster-release-$PID")
try {
    [IO.Compression.ZipFile]::ExtractToDirectory((Resolve-Path $Package).Path, $folder.FullName)
    $version = (Import-PowerShellDataFile (Join-Path $folder MultiCluster.psd1)).ModuleVersion
} finally {
    Remove-Item -Recurse -Force $folder
}

if ($Tag -cne "v$version") { throw "The tag is $Tag, and the package's manifest says $version. Tag v$version, or set Version in Directory.Build.props." }
if (-not (Select-String -Path $ChangeLog -SimpleMatch "## [$version]" -Quiet)) {
    throw "CHANGELOG.md has no section '## [$version]'. Give what is under Unreleased its version and date."
}
"$Tag may be released."
