#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $cmdlets = (Import-PowerShellDataFile $Manifest).CmdletsToExport
    $topics = (Get-ChildItem (Join-Path $Repository module en-US) -Filter 'about_*.help.txt').Name -replace '\.help\.txt$'
    $canExport = [bool](Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS | Where-Object Version -GE ([version] "1.0"))

    # An example whose heading ends with "(needs ...)" cannot run unattended.
    $examples = foreach ($cmdlet in $cmdlets) {
        $page = Join-Path $Repository docs en-US "$cmdlet.md"
        if (-not (Test-Path $page)) { continue }
        [regex]::Matches((Get-Content $page -Raw), '(?ms)^### Example (\d+): ([^\n]+)\n\n```powershell\n(.*?)\n```$') |
            Where-Object { $_.Groups[2].Value -notmatch '\(needs [^)]+\)$' } |
            ForEach-Object { @{ Id = "$cmdlet $($_.Groups[1].Value)"; Title = $_.Groups[2].Value; Code = $_.Groups[3].Value } }
    }
}

Describe 'The help of <_>' -ForEach $cmdlets {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Import-Module $Manifest
        $help = Get-Help $_ -Full
        $command = Get-Command $_ -Module MultiCluster
    }

    It 'is written, not generated' {
        $help.Synopsis | Should -Match '^[A-Z].*\.$'
        $help.description.Text | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter, and no other' {
        $parameters = $command.Parameters.Keys | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters } | Sort-Object
        $documented = $help.parameters.parameter | Where-Object { $_.description.Text }
        $documented.name | Sort-Object | Should -Be $parameters
    }

    It 'has three examples or more, each with code and a remark' {
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        foreach ($example in $help.examples.example) {
            $example.code | Should -Not -BeNullOrEmpty
            $example.remarks[0].Text | Should -Not -BeNullOrEmpty
        }
    }

    It 'says what goes in and what comes out' {
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
    }

    It 'shows no Markdown' {
        foreach ($example in $help.examples.example) { $example.code = '' }
        $help | Out-String -Width 200 | Should -Not -Match '`|\]\('
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
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $lines = Get-Content (Join-Path $Repository module en-US "$_.help.txt")
    }

    It 'has the parts that PowerShell looks for' {
        $lines | Should -Contain TOPIC
        $lines | Should -Contain 'SHORT DESCRIPTION'
        $lines | Should -Contain 'LONG DESCRIPTION'
        $lines | Should -Contain "    $_"
    }

    It 'fits 80 columns' {
        $lines | Where-Object Length -GT 80 | Should -BeNullOrEmpty
    }

    It 'is found by Get-Help' {
        $env:MULTICLUSTER_TOPIC = $_
        Invoke-Fresh { Import-Module $Manifest; @(Get-Help $env:MULTICLUSTER_TOPIC).Count } | Should -Be '1'
        Remove-Item Env:MULTICLUSTER_TOPIC
    }
}

Describe 'The help file' {
    It 'is what the pages in docs/en-US make' -Skip:(-not $canExport) {
        . $PSScriptRoot/Support.ps1
        $made = Join-Path $TestDrive made.xml
        & (Join-Path $Repository build Export-Help.ps1) (Join-Path $Repository docs en-US) $made
        $committed = Get-Content (Join-Path $Repository module en-US MultiCluster.Module.dll-Help.xml) -Raw
        (Get-Content $made -Raw) -ceq $committed | Should -BeTrue -Because './build.ps1 Docs brings the help file up to date'
    }
}
