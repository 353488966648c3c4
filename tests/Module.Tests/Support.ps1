# The module under test is the one that the build laid out, never a project's bin folder.
$Repository = Split-Path (Split-Path $PSScriptRoot)
$Layout = $env:MULTICLUSTER_LAYOUT ?? (Join-Path $Repository out MultiCluster)
$Manifest = Join-Path $Layout MultiCluster.psd1

# Test-KubeProbe: the module's own cmdlet base over clusters that need no network.
$Probe = $env:MULTICLUSTER_PROBE ??
    (Join-Path $Repository tests MultiCluster.Module.Tests bin Release net10.0 MultiCluster.Module.Tests.dll)

# Runs a script in a PowerShell of its own and returns its output as lines.
function Invoke-Fresh([scriptblock] $Script) {
    $text = "`$Manifest = '$Manifest'; `$Probe = '$Probe'; `$PSStyle.OutputRendering = 'PlainText'; & {$Script}"
    # This PowerShell was started as pwsh, or as dotnet with its assembly.
    $program, $assembly = [Environment]::ProcessPath, @()
    if ((Split-Path $program -LeafBase) -eq 'dotnet') { $assembly = @(Join-Path $PSHOME pwsh.dll) }
    & $program @assembly -NoProfile -NonInteractive -Command $text 2>&1 | ForEach-Object ToString
}

# Starts simulated clusters: prod-eu, prod-us, staging, dev, edge-1. Give Stop-Sandbox what it returns.
function Start-Sandbox([string] $Kubeconfig, [int] $Clusters = 5) {
    $sandbox = Join-Path (Split-Path $Probe) MultiCluster.Sandbox.Commands.dll
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    $sandbox, 'up', '--clusters', $Clusters, '--kubeconfig', $Kubeconfig | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    if (-not $process.StandardOutput.ReadLine()) { throw "The sandbox did not start: $($process.StandardError.ReadToEnd())" }
    $process
}

function Stop-Sandbox($Process) {
    if (-not $Process) { return }
    $Process.Kill($true)
    $Process.WaitForExit()
    $Process.Dispose()
}

# The user's folders, for one test file: no preference, cache or kubeconfig of the user is read or written.
function Use-Home([string] $Folder) {
    $script:outside = @{}
    foreach ($name in 'HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'KUBECONFIG') {
        $outside[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $null)
    }
    $env:HOME = $env:USERPROFILE = (New-Item -ItemType Directory -Path $Folder -Force).FullName
}

function Restore-Home {
    foreach ($name in $outside.Keys) { [Environment]::SetEnvironmentVariable($name, $outside[$name]) }
}
