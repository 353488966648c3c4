#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

Describe 'Tab' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-Home (Join-Path $TestDrive home)
        $env:KUBECONFIG = Join-Path $TestDrive sandbox
        $sandbox = Start-Sandbox $env:KUBECONFIG 3
        Import-Module $Manifest
        Set-KubeCluster prod-* -Group production
        Select-KubeCluster prod-* | Out-Null

        # A first answer may come too late for its Tab; it is there for the next.
        function Get-Completion([string] $Line) {
            for ($i = 0; $i -lt 50; $i++) {
                $found = (TabExpansion2 $Line -cursorColumn $Line.Length).CompletionMatches
                if ($found) { return $found }
                Start-Sleep -Milliseconds 20
            }
        }

        function Complete([string] $Line) { (Get-Completion $Line).CompletionText }

        # A kubeconfig whose contexts are copies of staging's under other names.
        function Set-Contexts([string] $File, [string[]] $Names) {
            $text = Get-Content $env:KUBECONFIG -Raw
            $contexts = $Names | ForEach-Object { "- name: $(ConvertTo-Json $_)`n  context:`n    cluster: staging`n    user: staging-user`n" }
            ($text -replace '(?s)contexts:.*', '') + "contexts:`n" + ($contexts -join '') | Set-Content $File
        }
    }

    AfterAll {
        Remove-Module MultiCluster
        Stop-Sandbox $sandbox
        Restore-Home
    }

    It 'completes <line>' -ForEach @(
        @{ line = 'Select-KubeCluster sta'; expected = 'staging' }
        @{ line = 'Select-KubeCluster prod-eu, st'; expected = 'staging' }
        @{ line = 'Select-KubeCluster -Group pro'; expected = 'production' }
        @{ line = 'Get-KubeResource pod -Cluster prod-u'; expected = 'prod-us' }
        @{ line = 'Get-KubeResource deplo'; expected = 'deployments' }
        @{ line = 'Get-KubeResource po'; expected = 'pods' }
        @{ line = 'Get-KubeResource pod, no'; expected = 'nodes' }
        @{ line = 'Get-KubeResource widg'; expected = 'widgets' }
        @{ line = 'Get-KubeResource wd'; expected = 'widgets' }
        @{ line = 'Get-KubeResource pod -Namespace we'; expected = 'web' }
        @{ line = 'Get-KubeResource pod -n kube-s'; expected = 'kube-system' }
        @{ line = 'Get-KubeResource node node-'; expected = 'node-1' }
        @{ line = 'Get-KubeResource role -n web -Name dep'; expected = 'deployer' }
        @{ line = 'Set-KubeNamespace we'; expected = 'web' }
        @{ line = 'Get-KubeNamespace kube-sys'; expected = 'kube-system' }
        @{ line = 'Disconnect-KubeCluster prod-e'; expected = 'prod-eu' }
        @{ line = 'Register-KubeClusterEvent AuthF'; expected = 'AuthFailed' }
    ) {
        Complete $line | Should -Contain $expected
    }

    It 'offers no cluster for -Cluster that is not selected' {
        Complete 'Get-KubeResource pod -Cluster ' | Should -Be 'prod-eu', 'prod-us'
    }

    It 'explains what it offers' {
        (Get-Completion 'Get-KubeResource deplo').ToolTip | Should -BeLike 'Deployment (apps/v1*'
        (Get-Completion 'Select-KubeCluster sta').ToolTip | Should -BeLike 'sandbox:staging at https://127.0.0.1:*'
        (Get-Completion 'Get-KubeResource pod -Namespace we').ToolTip | Should -Be 'in prod-eu, prod-us'
    }

    It 'tells in the duplicate''s tooltip why it cannot be selected' {
        $twin = Join-Path $TestDrive twin
        Set-Contexts $twin prod-eu
        (Get-Completion "Select-KubeCluster -Kubeconfig '$twin' prod").ToolTip | Should -Be 'prod-eu is already active. Duplicate context names are not allowed.'
    }

    It 'looks at -Kubeconfig from where the session stands' {
        Set-Contexts (Join-Path $TestDrive near) elsewhere
        Push-Location $TestDrive
        try { Complete 'Get-KubeCluster -Kubeconfig ./near else' | Should -Be elsewhere }
        finally { Pop-Location }
    }

    It 'quotes <name> so that it can be used' -ForEach @(
        @{ name = 'my cluster' }
        @{ name = 'list[x]' }
        @{ name = 'kubernetes-admin@kubernetes' }
        @{ name = 'arn:aws:eks:eu-west-1:123456789012:cluster/prod' }
        @{ name = "it's mine" }
        @{ name = '$cluster' }
        @{ name = '007' }
        @{ name = '-x' }
        @{ name = 'a*b' }
        @{ name = 'semi;colon' }
        @{ name = "it$([char]0x2019)s curly" }
    ) {
        $file = Join-Path $TestDrive strange
        Set-Contexts $file $name, 'list[y]', 'another'
        $text = Complete "Get-KubeCluster -Kubeconfig '$file' -Name $([Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($name).Insert(0, "'").Substring(0, 3))" |
            Where-Object { (Invoke-Expression "Write-Output $_") -eq $name }
        $text | Should -HaveCount 1
        (Invoke-Expression "Get-KubeCluster -Kubeconfig '$file' -Name $text").ClusterName | Should -Be $name

        Invoke-Expression "Select-KubeCluster -Kubeconfig '$file' -NoConnect -Name $text" | Out-Null
        try {
            $quoted = Complete 'Get-KubeNamespace -Cluster '
            (Invoke-Expression "Get-KubeNamespace kube-system -Cluster $quoted").ClusterName | Should -Be $name
        }
        finally { Select-KubeCluster prod-* -NoConnect | Out-Null }
    }

    It 'offers the names of clusters that answer although another one hangs' {
        $file = Join-Path $TestDrive hanging
        $silent = Add-SilentCluster $file
        try {
            $null = Select-KubeCluster silent -Kubeconfig $file -Add -NoConnect
            Complete 'Suspend-KubeNode no' | Should -Contain node-1
        } finally {
            Disconnect-KubeCluster silent
            $silent.Stop()
        }
    }

    It 'offers kinds without a selection, and asks nobody' {
        Select-KubeCluster -None
        try {
            Complete 'Get-KubeResource deploym' | Should -Contain deployments
            TabExpansion2 'Get-KubeResource pod -Namespace zz' -cursorColumn 34 | ForEach-Object CompletionMatches | Should -BeNullOrEmpty
        }
        finally { Select-KubeCluster prod-* -NoConnect | Out-Null }
    }

    It 'fails nowhere, whatever the line says' -ForEach @(
        'Get-KubeResource nosuchkind nam', 'Get-KubeResource pod -Cluster nosuch -Namespace w', 'Get-KubeResource pod -Cluster 7 -n w',
        'Get-KubeResource pod -Cluster $x -n w', 'Select-KubeCluster -Kubeconfig /no/such/file x', "Select-KubeCluster '", 'Select-KubeCluster [', 'Get-KubeResource `'
    ) {
        $Error.Clear()
        { TabExpansion2 $_ -cursorColumn $_.Length } | Should -Not -Throw
        $Error.Count | Should -Be 0
    }
}
