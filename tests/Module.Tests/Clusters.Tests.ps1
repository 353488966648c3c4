#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

Describe 'The clusters of a session' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-Home (Join-Path $TestDrive home)
        $env:KUBECONFIG = Join-Path $TestDrive sandbox
        $sandbox = Start-Sandbox $env:KUBECONFIG
        $silentFile = Join-Path $TestDrive quiet
        $silent = Add-SilentCluster $silentFile
        Import-Module $Manifest
    }

    BeforeEach { Select-KubeCluster prod-eu, staging -NoConnect | Out-Null }

    AfterAll {
        Remove-Module MultiCluster
        $silent.Stop()
        Stop-Sandbox $sandbox
        Restore-Home
    }

    It 'are none until some are selected' {
        Select-KubeCluster -None
        { Get-KubeResource pod } | Should -Throw 'No active clusters. Select a cluster with Select-KubeCluster.' -ErrorId 'Kube.NoClusterSelected,*'
    }

    It 'serve kinds, each with its cluster' {
        $kinds = Get-KubeApiResource
        ($kinds | Where-Object Kind -eq Pod).ClusterName | Sort-Object | Should -Be 'prod-eu', 'staging'
        ($kinds | Where-Object Kind -eq Deployment)[0].Name | Should -Be deployments
    }

    It 'are added by hand and removed again' {
        $null = Add-KubeCluster -Name by-hand -Server https://127.0.0.1:1 -Token (ConvertTo-SecureString token -AsPlainText -Force)
        (Get-KubeCluster by-hand).Server | Should -Be https://127.0.0.1:1
        Remove-KubeCluster by-hand -Confirm:$false
        Get-KubeCluster | Where-Object ClusterName -eq by-hand | Should -BeNullOrEmpty
    }

    It 'take defaults for every cmdlet' {
        $PSDefaultParameterValues = @{ '*-Kube*:ThrottleLimit' = 1; '*-Kube*:TimeoutSec' = 7 }
        (Get-KubeNamespace).ClusterName | Select-Object -Unique | Should -Be 'prod-eu', 'staging'
        { Get-KubeCluster | Out-Null; Test-KubeCluster | Out-Null } | Should -Not -Throw
    }

    It 'fail as PowerShell errors' {
        $null = Get-KubeResource nosuchkind -ErrorVariable failures -ErrorAction SilentlyContinue
        $? | Should -BeFalse
        $failures.Count | Should -Be 2
        $failure = $failures | Where-Object { $_.TargetObject.ClusterName -eq 'staging' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Kube.KindNotFound,*'
        $failure.CategoryInfo.Category | Should -Be ObjectNotFound
        $failure.CategoryInfo.TargetName | Should -Be staging
        $failure.Exception.Fault.Phase | Should -Be KindNotFound
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $Error[0].FullyQualifiedErrorId | Should -BeLike 'Kube.KindNotFound,*'
        $null = Get-KubeNamespace
        $? | Should -BeTrue
    }

    It 'are caught with -ErrorAction Stop' {
        $caught = try { Get-KubeResource nosuchkind -ErrorAction Stop } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'Kube.KindNotFound,*'
        $caught.TargetObject.ClusterId | Should -BeLike 'sandbox:*'
    }

    It 'are asked again from the report of what failed' {
        Select-KubeCluster staging, silent -Kubeconfig $env:KUBECONFIG, $silentFile -NoConnect | Out-Null
        $null = Get-KubeNamespace -DeadlineSec 1 -ErrorAction SilentlyContinue
        $report = Get-KubeFanOut
        $report.Requested, $report.Answered, $report.Failed | Should -Be 2, 1, 1
        $null = $report.FailedClusters | Get-KubeResource pod -DeadlineSec 1 -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.TargetObject.ClusterName | Should -Be silent
        (Get-KubeFanOut).Requested | Should -Be 1
    }

    It 'are asked in none when nothing failed' {
        $null = Get-KubeNamespace
        (Get-KubeFanOut).FailedClusters | Get-KubeResource pod -A | Should -BeNullOrEmpty
    }

    It 'are addressed by the objects piped in' {
        $namespaces = Get-KubeNamespace web
        ($namespaces | Where-Object ClusterName -EQ staging | Get-KubeResource pod -A).ClusterName | Select-Object -Unique | Should -Be staging
    }

    It 'work in another runspace that has no selection' {
        $cluster = Get-KubeCluster staging
        $found = 1..2 | ForEach-Object -Parallel {
            Import-Module $using:Manifest
            (Get-KubeNamespace web -Cluster $using:cluster).ClusterName
            (Get-KubeCluster -Selected).Count
        }
        $found | Sort-Object | Should -Be 0, 0, 'staging', 'staging'
    }

    It 'are seen by no other runspace' {
        $other = [powershell]::Create()
        try {
            $other.AddScript("Import-Module '$Manifest'; Select-KubeCluster dev -NoConnect").Invoke().ClusterName | Should -Be dev
            (Get-KubeCluster -Selected).ClusterName | Should -Be 'prod-eu', 'staging'
        }
        finally { $other.Dispose() }
    }

    It 'are let go when their runspace closes' {
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        $cluster = $shell.AddScript("Import-Module '$Manifest'; Select-KubeCluster dev").Invoke()[0]
        $cluster.State | Should -Be Ready
        $shell.Dispose()
        $runspace.Dispose()
        $cluster.State | Should -Be Disconnected
    }

    It 'are let go when the module is removed' {
        $shell = [powershell]::Create()
        $cluster = $shell.AddScript("Import-Module '$Manifest'; Select-KubeCluster dev; Remove-Module MultiCluster").Invoke()[0]
        $shell.Streams.Error | Should -BeNullOrEmpty
        $cluster.State | Should -Be Disconnected
        $shell.Dispose()
    }

    It 'let go at once when the pipeline is stopped' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$Manifest'; `$c = Select-KubeCluster silent -Kubeconfig '$silentFile' -NoConnect; `$c").Invoke()
        $shell.Commands.Clear()
        $null = $shell.AddScript('$global:c = $c; Get-KubeNamespace').BeginInvoke()
        while (-not $silent.Pending()) { [Threading.Thread]::Yield() | Out-Null }
        $connection = $silent.AcceptTcpClient()
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 1
        $connection.Client.ReceiveTimeout = 1000
        $bytes = [byte[]]::new(4096)
        $ended = try { while ($connection.GetStream().Read($bytes, 0, $bytes.Length)) { }; 'closed' } catch { "$_" }
        $ended | Should -Match 'closed|reset by peer|forcibly closed' -Because 'the connection has ended'
        $shell.Commands.Clear()
        $shell.AddScript('(Get-KubeClusterDiagnostic).InFlight').Invoke() | Should -Be 0
        $shell.Dispose()
    }

    It 'tell each request in verbose, and no token anywhere' {
        $lines = Get-KubeNamespace -Verbose -Debug 4>&1 5>&1 | Where-Object { $_ -is [Management.Automation.InformationalRecord] } | ForEach-Object Message
        $lines | Where-Object { $_ -match '^staging: GET https://127\.0\.0\.1:\d+/api/v1/namespaces\?.* 200 in \d+ ms$' } | Should -Not -BeNullOrEmpty
        $lines | Should -Not -Match '-admin-token'
    }

    It 'change nothing with -WhatIf' {
        Set-KubeCluster staging -Protected -WhatIf
        (Get-KubeCluster staging).Protected | Should -BeFalse
        Add-KubeCluster -Name new -Server https://127.0.0.1:1 -WhatIf
        Get-KubeCluster new -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'can be imported with a prefix' {
        Invoke-Fresh { Import-Module $Manifest -Prefix My; (Get-MyKubeCluster).Count; (Get-Command Get-KubeCluster -ErrorAction Ignore).Count } | Should -Be 5, 0
    }
}

Describe 'Events of the clusters' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-Home (Join-Path $TestDrive home)
        $env:KUBECONFIG = Join-Path $TestDrive sandbox
        $sandbox = Start-Sandbox $env:KUBECONFIG 1
        Import-Module $Manifest
    }

    AfterAll {
        Remove-Module MultiCluster
        Stop-Sandbox $sandbox
        Restore-Home
    }

    It 'queue for Wait-Event and Get-Event' {
        Register-KubeClusterEvent SelectionChanged -SourceIdentifier mine
        Select-KubeCluster * -NoConnect | Out-Null
        $happened = Wait-Event -SourceIdentifier mine -Timeout 5
        $happened.SourceEventArgs.ClusterEvent.Kind | Should -Be SelectionChanged
        $happened.SourceEventArgs.ClusterEvent.Message | Should -Be '1 cluster is selected.'
        @(Get-Event -SourceIdentifier mine).Count | Should -Be 1
        $happened | Remove-Event
        Unregister-Event -SourceIdentifier mine
    }

    It 'run an action, and none once unregistered' {
        $global:seen = [Collections.Concurrent.ConcurrentQueue[object]]::new()
        $job = Register-KubeClusterEvent SelectionChanged -SourceIdentifier acting -MessageData hello -Action { $global:seen.Enqueue("$($Event.MessageData) $($EventArgs.ClusterEvent.Kind)") }
        $job | Should -BeOfType [Management.Automation.PSEventJob]
        Select-KubeCluster * -NoConnect | Out-Null
        for ($i = 0; $i -lt 100 -and $seen.Count -eq 0; $i++) { Start-Sleep -Milliseconds 10 }
        $seen | Should -Be 'hello SelectionChanged'
        Unregister-Event -SourceIdentifier acting
        Select-KubeCluster -None
        for ($i = 0; $i -lt 10; $i++) { Start-Sleep -Milliseconds 10 }
        $seen.Count | Should -Be 1
        Remove-Variable seen -Scope Global
    }

    It 'leave nothing behind when unregistered' {
        foreach ($i in 1..50) {
            Register-KubeClusterEvent -SourceIdentifier "leak$i"
            Unregister-Event -SourceIdentifier "leak$i"
        }
        Select-KubeCluster * -NoConnect | Out-Null
        @(Get-EventSubscriber).Count | Should -Be 0
        @(Get-Event).Count | Should -Be 0
    }
}
