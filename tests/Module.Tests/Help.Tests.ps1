#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $cmdlets = (Import-PowerShellDataFile $Manifest).CmdletsToExport
    $topics = (Get-ChildItem (Join-Path $Repository module en-US) -Filter 'about_*.help.txt').Name -replace '\.help\.txt$'

    # An example whose heading ends with "(needs ...)" cannot run unattended.
    $examples = foreach ($cmdlet in $cmdlets) {
        $page = Join-Path $Repository docs en-US "$cmdlet.md"
        if (-not (Test-Path $page)) { continue }
        [regex]::Matches((Get-Content $page -Raw), '(?ms)^### Example (\d+): ([^\n]+)\n\n```powershell\n(.*?)\n```$') |
            Where-Object { $_.Groups[2].Value -notmatch '\(needs [^)]+\)$' } |
            ForEach-Object { @{ Id = "$cmdlet $($_.Groups[1].Value)"; Title = $_.Groups[2].Value; Code = $_.Groups[3].Value } }
    }
}

# That the help says what the pages and the cmdlets say is tested where the cmdlets are: tests/MultiCluster.Module.Tests/Help.
Describe 'The help of <_>' -ForEach $cmdlets {
    It 'is found by Get-Help' {
        . $PSScriptRoot/Support.ps1
        Import-Module $Manifest
        $help = Get-Help $_ -Full
        $help.description.Text | Should -Not -BeNullOrEmpty
        $help.examples.example[0].code | Should -Not -BeNullOrEmpty
    }
}

# The preferences of whoever runs the tests cannot be kept out of their reach on Windows.
Describe 'The examples' -Skip:$IsWindows -ForEach @{ All = $examples } {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $folder = (New-Item (Join-Path $TestDrive examples) -ItemType Directory).FullName
        $kubeconfig = Join-Path $TestDrive sandbox
        $sandbox = Start-Sandbox $kubeconfig

        # What the examples find around them.
        $authority = [regex]::Match((Get-Content $kubeconfig -Raw), 'certificate-authority-data: "?([A-Za-z0-9+/=]+)').Groups[1].Value
        [IO.File]::WriteAllBytes("$folder/lab-ca.pem", [Convert]::FromBase64String($authority))
        Set-Content "$folder/lab.token" token
        $null = New-Item "$folder/kubeconfigs" -ItemType Directory
        Set-Content "$folder/kubeconfigs/team" @'
            {
              "apiVersion": "v1", "kind": "Config",
              "clusters": [{ "name": "team", "cluster": { "server": "https://127.0.0.1:1" } }],
              "users": [{ "name": "team", "user": { "token": "team" } }],
              "contexts": [{ "name": "team", "context": { "cluster": "team", "user": "team" } }]
            }
'@
        $All | ConvertTo-Json | Set-Content (Join-Path $TestDrive examples.json)

        $changed = @{
            HOME = $TestDrive
            XDG_CONFIG_HOME = "$TestDrive/config"
            XDG_CACHE_HOME = "$TestDrive/cache"
            KUBECONFIG = $kubeconfig
            MULTICLUSTER_EXAMPLES = "$TestDrive"
        }
        $before = @{}
        foreach ($name in $changed.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $changed[$name])
        }

        $said = Invoke-Fresh {
            Import-Module $Manifest
            Set-Location "$env:MULTICLUSTER_EXAMPLES/examples"
            $failed = @{}
            foreach ($example in Get-Content ../examples.json -Raw | ConvertFrom-Json) {
                Remove-Item $env:XDG_CONFIG_HOME -Recurse -ErrorAction Ignore
                Get-EventSubscriber | Unregister-Event
                Get-Event | Remove-Event
                Set-KubeNamespace -Clear
                $null = Select-KubeCluster -All -ErrorAction Stop
                try {
                    $ErrorActionPreference = 'Stop'
                    $null = & ([scriptblock]::Create($example.Code)) 3>&1 6>&1
                    $failed[$example.Id] = ''
                } catch {
                    $failed[$example.Id] = "$_"
                } finally {
                    $ErrorActionPreference = 'Continue'
                }
            }
            $failed | ConvertTo-Json | Set-Content ../results.json
        }
        $results = Get-Content (Join-Path $TestDrive results.json) -Raw -ErrorAction Ignore | ConvertFrom-Json -AsHashtable
        if ($results.Count -ne $All.Count) { throw "The examples did not run: $said" }
    }

    AfterAll {
        foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
        Stop-Sandbox $sandbox
    }

    It 'run on the sandbox: <Id>, <Title>' -ForEach $examples {
        $results.Keys | Should -Contain $Id
        $results[$Id] | Should -BeNullOrEmpty
    }
}

Describe 'The topic <_>' -ForEach $topics {
    It 'is found by Get-Help' {
        . $PSScriptRoot/Support.ps1
        $env:MULTICLUSTER_TOPIC = $_
        Invoke-Fresh { Import-Module $Manifest; @(Get-Help $env:MULTICLUSTER_TOPIC).Count } | Should -Be '1'
        Remove-Item Env:MULTICLUSTER_TOPIC
    }
}
