#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

Describe 'Objects of many clusters in a pipeline' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-Home (Join-Path $TestDrive home)
        $env:KUBECONFIG = Join-Path $TestDrive sandbox
        $sandbox = Start-Sandbox $env:KUBECONFIG
        Import-Module $Manifest
        Select-KubeCluster prod-*, staging | Out-Null
        $pods = Get-KubeResource pod -AllNamespaces
    }

    AfterAll {
        Remove-Module MultiCluster
        Stop-Sandbox $sandbox
        Restore-Home
    }

    It 'group by cluster' {
        ($pods | Group-Object ClusterName).Name | Sort-Object | Should -Be 'prod-eu', 'prod-us', 'staging'
        ($pods | Group-Object ClusterName | Measure-Object Count -Sum).Sum | Should -Be $pods.Count
    }

    It 'sort by several properties' {
        $sorted = $pods | Sort-Object Namespace, ClusterName -Descending
        $sorted[0].Namespace | Should -BeGreaterOrEqual $sorted[-1].Namespace
    }

    It 'filter by any path, whatever its case' {
        $node = $pods[0].spec.nodeName
        $node | Should -BeLike 'node-*'
        $pods[0].SPEC.NodeName | Should -Be $node
        @($pods | Where-Object { $_.spec.nodeName -eq $node }).Count | Should -BeGreaterThan 0
        @($pods | Where-Object { $_.spec.nodeName -ne $node -and $_.spec.nodeName -notlike 'node-*' -and $_.spec.nodeName }).Count | Should -Be 0
        $pods[0].spec.containers[0].image | Should -BeOfType string
        $pods[0].spec.noSuchField | Should -BeNullOrEmpty
    }

    It 'filter by age as people write it' {
        @($pods | Where-Object Age -LT '10000d').Count | Should -Be $pods.Count
        @($pods | Where-Object Age -GT '10000d').Count | Should -Be 0
        @($pods | Where-Object Age -LT '0s').Count | Should -Be 0
    }

    It 'stop the requests when Select-Object has enough' {
        $before = (Get-KubeClusterDiagnostic).InFlight | Measure-Object -Sum
        (Get-KubeResource pod -A | Select-Object -First 3).Count | Should -Be 3
        (Get-KubeClusterDiagnostic).InFlight | Measure-Object -Sum | ForEach-Object Sum | Should -Be $before.Sum
        $report = Get-KubeFanOut
        $report.Answered + $report.Skipped | Should -Be 3
        $report.Failed | Should -Be 0
    }

    It 'are custom resources with any field' {
        $widget = Get-KubeResource widget -A -Cluster staging | Select-Object -First 1
        $widget.spec.color | Should -Not -BeNullOrEmpty
        $widget.spec.replicas | Should -BeOfType [ValueType]
        $widget.Kind | Should -Be Widget
    }

    It 'have fields at their top that are not in spec' {
        $role = Get-KubeResource role deployer -Namespace web -Cluster staging
        $role.rules[0].verbs | Should -Contain patch
        $binding = Get-KubeResource rolebinding deployer -n web -Cluster staging
        $binding.subjects[0].name | Should -Be jane
        $binding.roleRef.name | Should -Be deployer
        $class = Get-KubeResource storageclass -Cluster staging | Select-Object -First 1
        $class.provisioner | Should -Not -BeNullOrEmpty
        $endpoints = Get-KubeResource endpointslice -A -Cluster staging | Select-Object -First 1
        $endpoints.addressType | Should -Be IPv4
    }

    It 'of several kinds come in the order asked' {
        $both = Get-KubeResource node, deployment -A -Cluster staging
        $both[0].Kind | Should -Be Node
        $both[-1].Kind | Should -Be Deployment
        ($both | Sort-Object Kind, ClusterName)[0].Kind | Should -Be Deployment
    }

    Context 'that are Secrets' {
        BeforeAll {
            $secret = Get-KubeResource secret -A -Cluster staging | Where-Object { $_.Data.password } | Select-Object -First 1
            $encoded = [string]$secret.Data.password
            $plain = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($encoded))
        }

        It 'give their values on demand' {
            $plain.Length | Should -BeGreaterThan 10
            $secret.GetValue('password') | Should -Be $plain
            [Text.Encoding]::UTF8.GetString($secret.GetBytes('password')) | Should -Be $plain
            $secret.GetValue('nothing') | Should -BeNullOrEmpty
        }

        It 'are masked in <view>' -ForEach @(
            @{ view = 'the default view'; show = { $_ | Out-String } }
            @{ view = 'Format-List'; show = { $_ | Format-List | Out-String -Width 500 } }
            @{ view = 'Format-List *'; show = { $_ | Format-List * | Out-String -Width 500 } }
            @{ view = 'Format-Table *'; show = { $_ | Format-Table * | Out-String -Width 5000 } }
            @{ view = 'Format-Custom'; show = { $_ | Format-Custom -Depth 4 | Out-String -Width 500 } }
            @{ view = 'their data alone'; show = { $_.Data | Out-String -Width 500 } }
            @{ view = 'their data as a list'; show = { $_.Data | Format-List * | Out-String -Width 500 } }
            @{ view = 'Select-Object *'; show = { $_ | Select-Object * | Out-String -Width 500 } }
            @{ view = 'ConvertTo-Json'; show = { $_ | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue } }
            @{ view = 'Export-Csv'; show = { $_ | ConvertTo-Csv | Out-String } }
            @{ view = 'ConvertTo-Xml'; show = { ($_ | ConvertTo-Xml -Depth 4).OuterXml } }
            @{ view = 'Export-Clixml'; show = { [Management.Automation.PSSerializer]::Serialize($_, 4) } }
            @{ view = 'a string'; show = { "$_ $($_.Data)" } }
        ) {
            $text = $secret | ForEach-Object $show
            $text | Should -Not -BeNullOrEmpty
            "$text".Contains($encoded) | Should -BeFalse
            "$text".Contains($plain) | Should -BeFalse
        }
    }

    It 'go through ConvertTo-Json and Export-Csv' {
        $json = $pods[0] | Select-Object ClusterName, Name, Namespace | ConvertTo-Json | ConvertFrom-Json
        $json.ClusterName | Should -Be $pods[0].ClusterName
        ($pods | Select-Object ClusterName, Name, Status | ConvertTo-Csv | ConvertFrom-Csv).Count | Should -Be $pods.Count
    }

    It 'complete their fields from what they really hold' {
        $p = $pods[0]
        (TabExpansion2 '$p.spec.nodeN' -cursorColumn 13).CompletionMatches.CompletionText | Should -Contain nodeName
        (TabExpansion2 '$p.spec.' -cursorColumn 8).CompletionMatches.CompletionText | Should -Contain containers
        (TabExpansion2 '$p.Clus' -cursorColumn 7).CompletionMatches.CompletionText | Should -Contain ClusterName
    }

    It 'become YAML that a person would edit' {
        $yaml = $pods[0] | ConvertTo-KubeYaml -Neat
        $yaml | Should -BeLike "apiVersion: v1`nkind: Pod`n*"
        $yaml | Should -Not -BeLike '*managedFields*'
    }
}
