#Requires -Version 7.4
<#
.SYNOPSIS
Builds MultiCluster. Each task is a few lines over dotnet, and can be run by hand as well.
.EXAMPLE
./build.ps1 Build, Test
#>
[CmdletBinding()]
param(
    # Build lays out the module in out/MultiCluster; Test runs every test; Pack writes out/MultiCluster.<version>.nupkg;
    # Shell opens a PowerShell on embedded clusters; Docs turns docs/en-US into the help that the module ships.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pack', 'Shell', 'Docs')]
    [string[]] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$tasks = @{
    Build = { dotnet build "$PSScriptRoot/MultiCluster.sln" -c Release }
    Test = { dotnet test "$PSScriptRoot/MultiCluster.sln" -c Release }
    Pack = { dotnet pack "$PSScriptRoot/build/Package" }
    Shell = { dotnet run --project "$PSScriptRoot/src/MultiCluster.Sandbox" -c Release -- shell }
    Docs = { & "$PSScriptRoot/build/Export-Help.ps1" "$PSScriptRoot/docs/en-US" "$PSScriptRoot/module/en-US/MultiCluster.Module.dll-Help.xml" }
}

foreach ($name in $Task) {
    & $tasks[$name]
}
