#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }

Describe 'A credential plugin that is running, its child and its grandchild' -Skip:(-not $IsLinux) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Use-Home (Join-Path $TestDrive home)
        $folder = $TestDrive
        $plugin = Join-Path $folder plugin.sh

        # The grandchild's parent ends at once: only what it has inherited says where it belongs.
        Set-Content $plugin @"
echo `$`$ > "$folder/plugin"
sleep 987 & echo `$! > "$folder/child"
(sleep 987 & echo `$! > "$folder/grandchild.new"; mv "$folder/grandchild.new" "$folder/grandchild")
sleep 987
"@
        $exec = @{ apiVersion = 'client.authentication.k8s.io/v1'; command = 'sh'; args = @($plugin); interactiveMode = 'Never' }
        $env:KUBECONFIG = Join-Path $folder config
        @{
            clusters = @(@{ name = 'it'; cluster = @{ server = 'https://127.0.0.1:9' } })
            users    = @(@{ name = 'it'; user = @{ exec = $exec } })
            contexts = @(@{ name = 'it'; context = @{ cluster = 'it'; user = 'it' } })
        } | ConvertTo-Json -Depth 9 | Set-Content $env:KUBECONFIG

        # Starts a PowerShell that has the plugin run, waits until all three processes are there, and goes on with what is given.
        function Start-Holder([string] $Asking, [string] $Then) {
            'plugin', 'child', 'grandchild', 'go', 'done' | ForEach-Object { Remove-Item (Join-Path $folder $_) -ErrorAction Ignore }
            $wait = "while (-not (Test-Path '$folder/go')) { Start-Sleep -Milliseconds 20 }"
            $text = "Import-Module '$Manifest'; $($Asking.Replace('WAIT', $wait)); $Then; Set-Content '$folder/done' ''; Start-Sleep 987"
            # This PowerShell was started as pwsh, or as dotnet with its assembly.
            $assembly = if ((Split-Path ([Environment]::ProcessPath) -LeafBase) -eq 'dotnet') { Join-Path $PSHOME pwsh.dll }
            # It heeds signals, whatever who started the tests has its processes ignore, as nohup does.
            $arguments = [string[]] (@('--default-signal', [Environment]::ProcessPath, $assembly) + '-NoProfile' + '-NonInteractive' + '-Command' + $text -ne $null)
            $holder = [Diagnostics.Process]::Start([Diagnostics.ProcessStartInfo]::new('env', $arguments))
            Wait-True { Test-Path (Join-Path $folder grandchild) }
            Set-Content (Join-Path $folder go) ''
            $holder
        }

        function Wait-True([scriptblock] $Condition) {
            $bound = [datetime]::UtcNow.AddSeconds(60)
            while (-not (& $Condition)) {
                if ([datetime]::UtcNow -gt $bound) { throw "This did not come true: $Condition" }
                Start-Sleep -Milliseconds 20
            }
        }

        # Those of the three that still run; a zombie has ended.
        function Get-Left {
            foreach ($name in 'plugin', 'child', 'grandchild') {
                $state = Get-Content "/proc/$(Get-Content (Join-Path $folder $name))/status" -ErrorAction Ignore | Where-Object { $_ -match '^State:' }
                if ($state -and $state -notmatch 'zombie') { $name }
            }
        }
    }

    AfterAll {
        if (-not $folder) { return }
        Restore-Home
    }

    AfterEach {
        if ($holder -and -not $holder.HasExited) { $holder.Kill($true); $holder.WaitForExit() }
    }

    It 'end when PowerShell is ended by SIG<_>' -ForEach INT, TERM, HUP {
        $holder = Start-Holder 'Select-KubeCluster it' 'exit'
        kill -s $_ $holder.Id
        $holder.WaitForExit(20000) | Should -BeTrue
        Get-Left | Should -BeNullOrEmpty
    }

    It 'end with <Name>' -ForEach @(
        @{ Name = 'exit'; Then = 'exit' }
        @{ Name = '[Environment]::Exit'; Then = '[Environment]::Exit(0)' }
    ) {
        $holder = Start-Holder 'Select-KubeCluster it -NoConnect | Out-Null; Watch-KubeResource pod -AsJob | Out-Null; WAIT' $Then
        $holder.WaitForExit(20000) | Should -BeTrue
        Get-Left | Should -BeNullOrEmpty
    }

    It 'end when <Name>' -ForEach @(
        @{ Name = 'the module is removed'; Then = 'Remove-Module MultiCluster' }
        @{ Name = 'the cluster is disconnected'; Then = 'Disconnect-KubeCluster it' }
        @{ Name = 'the runspace closes'; Then = '$other.Runspace.Close()' }
    ) {
        $asking = 'Select-KubeCluster it -NoConnect | Out-Null; Watch-KubeResource pod -AsJob | Out-Null; WAIT'
        if ($Then -like '*other*') {
            $asking = "`$other = [powershell]::Create(); `$null = `$other.AddScript(`"Import-Module '$Manifest'; Select-KubeCluster it -NoConnect; Watch-KubeResource pod -AsJob`").Invoke(); WAIT"
        }
        $holder = Start-Holder $asking $Then
        Wait-True { Test-Path (Join-Path $folder done) }
        Wait-True { -not (Get-Left) }
        $holder.HasExited | Should -BeFalse
    }
}
