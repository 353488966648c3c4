#Requires -Version 7.4
<#
.SYNOPSIS
Builds MultiCluster. Each task is a few lines over dotnet, and can be run by hand as well.
.EXAMPLE
./build.ps1 Build, Test
#>
[CmdletBinding()]
param(
    # Build lays out the module in out/MultiCluster; Test runs every test; Check builds with all analyzers and checks the format;
    # Pack writes out/MultiCluster.<version>.nupkg; Shell opens a PowerShell on embedded clusters; Docs writes what
    # is made of docs/en-US and of the commands: the help that the module ships.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Check', 'Pack', 'Shell', 'Docs')]
    [string[]] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$tasks = @{
    Build = { dotnet build "$PSScriptRoot/MultiCluster.sln" -c Release }
    Test = { dotnet test --solution "$PSScriptRoot/MultiCluster.sln" -c Release }
    Check = {
        dotnet build "$PSScriptRoot/MultiCluster.sln" --no-incremental -p:Analyze=true
        dotnet format "$PSScriptRoot/MultiCluster.sln" --verify-no-changes --no-restore
    }
    Pack = { dotnet pack "$PSScriptRoot/build/Package" }
    Shell = { dotnet run --project "$PSScriptRoot/src/MultiCluster.Sandbox.Commands" -c Release -- shell }
    Docs = {
        $env:MULTICLUSTER_WRITE_HELP = 'yes'
        try { dotnet test --project "$PSScriptRoot/tests/MultiCluster.Module.Tests" --filter-method '*_is_written_as_*' }
        finally { Remove-Item Env:MULTICLUSTER_WRITE_HELP }
    }
}

# dotnet looks for global.json, which names the runner of the tests, from the current folder upwards.
Push-Location $PSScriptRoot
try {
    foreach ($name in $Task) { & $tasks[$name] }
} finally {
    Pop-Location
}
