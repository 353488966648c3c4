#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

Describe 'A stream of three clusters' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-Home (Join-Path $TestDrive home)
        $sandbox = Start-Sandbox (Join-Path $TestDrive fleet) 3 -Churn 5
        $env:KUBECONFIG = Join-Path $TestDrive fleet
        Import-Module $Manifest
        $null = Select-KubeCluster *

        function Wait-Until([scriptblock] $Condition) {
            $end = [DateTime]::UtcNow.AddSeconds(30)
            while (-not (& $Condition)) {
                if ([DateTime]::UtcNow -gt $end) { throw "Not within 30 s: $Condition" }
                Start-Sleep -Milliseconds 50
            }
        }
    }

    AfterAll {
        Get-Job | Remove-Job -Force
        Select-KubeCluster -None
        Stop-Sandbox $sandbox
        Restore-Home
    }

    It 'writes changes of all clusters as they come' {
        $events = Watch-KubeResource pod -AllNamespaces -ChangesOnly -TimeoutSec 4
        ($events.ClusterName | Sort-Object -Unique).Count | Should -Be 3
        $events.Type | Sort-Object -Unique | Should -BeIn Added, Modified, Deleted
        $times = $events.Timestamp
        $times | Should -Be ($times | Sort-Object)
    }

    It 'ends when Select-Object has enough' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Watch-KubeResource pod -AllNamespaces | Select-Object -First 2 | Should -HaveCount 2
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
    }

    It 'ends when the pipeline is stopped' {
        $shell = [powershell]::Create()
        $started = $shell.AddScript("Import-Module '$Manifest'; `$null = Select-KubeCluster *; Watch-KubeResource pod -AllNamespaces -ChangesOnly")
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $null = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        Wait-Until { $output.Count -gt 0 }
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be Stopped
        $shell.Dispose()
    }

    It 'has a table whose first column is the cluster' {
        $lines = Watch-KubeResource pod -AllNamespaces -First 1 | Out-String -Stream -Width 150 | Where-Object { $_ }
        $lines[0] | Should -Match '^ClusterName\s+Time\s+Type\s+Kind\s+Namespace\s+Name\s+Changed'
    }

    It 'says what happens to it on the Information stream, and as objects when asked' {
        $null = Watch-KubeResource node -ChangesOnly -TimeoutSec 2 -InformationVariable said
        $said.Tags | Should -Contain 'MultiCluster.Watch'
        "$said" | Should -Match 'prod-eu: watching nodes'
        Watch-KubeResource node -IncludeNotice -TimeoutSec 2 | Where-Object Type -eq Connected | Should -HaveCount 3
    }

    It 'runs as a job with a child for each cluster, and what came can be received twice' {
        $job = Watch-KubeResource pod -AllNamespaces -ChangesOnly -AsJob
        $job.ChildJobs.Location | Sort-Object | Should -Be (Get-KubeCluster -Selected).ClusterName
        Wait-Until { -not ($job.ChildJobs | Where-Object { -not $_.HasMoreData }) }
        $first = @(Receive-Job $job -Keep)
        $again = @(Receive-Job $job -Keep)
        $again.Count | Should -BeGreaterOrEqual $first.Count
        $again.Name | Should -Contain $first[0].Name
        Stop-Job $job
        $job.State | Should -Be Stopped
        $job.ChildJobs.State | Sort-Object -Unique | Should -Be Stopped
    }

    It 'stops one cluster of a job alone' {
        $job = Watch-KubeResource pod -AllNamespaces -ChangesOnly -AsJob
        Stop-Job $job.ChildJobs[1]
        $job.ChildJobs[1].State | Should -Be Stopped
        $job.ChildJobs[0].State | Should -Be Running
        $job.State | Should -Be Running
        Remove-Job $job -Force
    }

    It 'ends the job of a cluster that is disconnected, and no other' {
        $job = Watch-KubeResource pod -AllNamespaces -AsJob
        Wait-Until { -not ($job.ChildJobs | Where-Object { -not $_.HasMoreData }) }
        Disconnect-KubeCluster staging
        $ended = $job.ChildJobs | Where-Object Location -eq staging
        Wait-Until { $ended.State -ne 'Running' }
        "$($ended.Information)" | Should -Match 'Cluster disconnected'
        ($job.ChildJobs | Where-Object Location -ne staging).State | Sort-Object -Unique | Should -Be Running
        Remove-Job $job -Force
        $null = Select-KubeCluster staging -Add
    }

    It 'leaves a report' {
        $null = Watch-KubeResource node -First 1
        (Get-KubeFanOut -Last 1).Command | Should -Be Watch-KubeResource
    }

    It 'reads events of all clusters, the newest first' {
        $times = (Get-KubeEvent -AllNamespaces).LastSeen
        $times.Count | Should -BeGreaterThan 3
        $times | Should -Be ($times | Sort-Object -Descending)
    }

    It 'reads the events of objects that are piped in' {
        $pods = Get-KubeResource pod -AllNamespaces | Where-Object Name -NotLike churn-*
        $events = @($pods | Get-KubeEvent)
        $events.Count | Should -BeGreaterThan 0
        $events | ForEach-Object { "$($_.ClusterName)/$($_.InvolvedObject.name)" } | Sort-Object -Unique |
            Should -BeIn ($pods | ForEach-Object { "$($_.ClusterName)/$($_.Name)" })
    }

    It 'follows events' {
        Watch-KubeEvent -AllNamespaces -Since 30d -First 3 -TimeoutSec 20 | Should -HaveCount 3
    }

    It 'writes each event that it follows with its cluster, and filters by type' {
        $events = @(Watch-KubeEvent -AllNamespaces -Type Warning -Since 30d -First 3 -TimeoutSec 20)
        $events.Type | Sort-Object -Unique | Should -Be Warning
        $events.ClusterName | Should -BeIn (Get-KubeCluster -Selected).ClusterName
        $cluster = $events[0].ClusterName
        Watch-KubeEvent -AllNamespaces -Since 30d -TimeoutSec 20 | Where-Object ClusterName -Like "*$cluster" | Select-Object -First 1 | Should -HaveCount 1
    }

    It 'reads logs of all clusters with their source' {
        $lines = Get-KubeLog -Namespace web -Tail 2 -ErrorAction Ignore
        ($lines.ClusterName | Sort-Object -Unique).Count | Should -Be 3
        $lines[0].PSObject.Properties.Name | Should -Contain Timestamp
        $lines | Select-Object -First 1 | Out-String -Width 200 | Should -Match $lines[0].Container
    }

    It 'takes a span of time as kubectl writes it' {
        { Get-KubeLog -Namespace web -Since 10m -Tail 1 -ErrorAction Ignore } | Should -Not -Throw
        { Get-KubeLog -Namespace web -Since soon } | Should -Throw "*'soon' is no span of time*"
    }

    It 'completes containers' {
        $line = 'Get-KubeLog -Namespace web -Container '
        $null = TabExpansion2 $line $line.Length
        Wait-Until { (TabExpansion2 $line $line.Length).CompletionMatches.Count -gt 0 }
    }

    It 'completes names of <What>' -ForEach @{ What = 'pods'; Word = ''; Fits = '*-*' }, @{ What = 'what has pods'; Word = 'deployment/'; Fits = 'deployment/*' } {
        $line = "Get-KubeLog -Namespace web $Word"
        $null = TabExpansion2 $line $line.Length
        Wait-Until { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText -like $Fits }
    }
}
