#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

Describe 'Types by their full names' {
    BeforeAll { . $PSScriptRoot/Support.ps1 }

    It 'are known as soon as the module is, and no longer' {
        Invoke-Fresh {
            # PowerShell keeps what it has found once, so that each time others are asked for.
            function Known { @($args | Where-Object { $_ -as [type] }).Count }
            "before: $(Known MultiCluster.Objects.KubePod)"
            Import-Module $Manifest
            "imported: $(Known MultiCluster.Objects.KubePod MultiCluster.Faults.FaultException MultiCluster.Clusters.KubeCluster)"
            Import-Module $Manifest -Force
            "again: $(Known MultiCluster.Nodes.KubeDrainResult MultiCluster.Objects.Quantity)"
            Remove-Module MultiCluster
            "removed: $(Known MultiCluster.Objects.KubeNode MultiCluster.Objects.KubeAge)"
            "left: $(@([psobject].Assembly.GetType('System.Management.Automation.TypeAccelerators')::Get.Keys -like 'MultiCluster*').Count)"
        } | Should -Be 'before: 0', 'imported: 3', 'again: 2', 'removed: 0', 'left: 0'
    }

    It 'are known in typed parameters, catch, -is, jobs, parallel and new runspaces' {
        Invoke-Fresh {
            Import-Module $Manifest
            function Test-Quantity([MultiCluster.Objects.Quantity] $Amount) { "parameter: $($Amount.Value)" }
            Test-Quantity 1Ki
            try { Get-KubeResource pod -ErrorAction Stop }
            catch [MultiCluster.Faults.FaultException] { "caught: $($_.Exception.Fault.Phase)" }
            "is: $([MultiCluster.Objects.Quantity]::Parse('1') -is [MultiCluster.Objects.Quantity])"
            "parallel: $(1 | ForEach-Object -Parallel { [MultiCluster.Objects.KubePod].Name })"
            "job: $(Start-ThreadJob { [MultiCluster.Objects.KubePod].Name } | Receive-Job -Wait)"
            "runspace: $([powershell]::Create().AddScript('[MultiCluster.Objects.KubePod].Name').Invoke())"
        } | Should -Be 'parameter: 1024', 'caught: NoClusterSelected', 'is: True', 'parallel: KubePod', 'job: KubePod', 'runspace: KubePod'
    }

    It 'stay known while another runspace has the module' {
        Invoke-Fresh {
            Import-Module $Manifest
            $other = [powershell]::Create()
            $null = $other.AddScript("Import-Module '$Manifest'").Invoke()
            Remove-Module MultiCluster
            "other: $([bool]('MultiCluster.Objects.KubePod' -as [type]))"
            $other.Runspace.Close()
            "closed: $([bool]('MultiCluster.Objects.KubeNode' -as [type]))"
        } | Should -Be 'other: True', 'closed: False'
    }

    It 'are what Get-Member says, without assemblies and versions' {
        Invoke-Fresh {
            Import-Module $Manifest
            $Types = [MultiCluster.Objects.KubePod].GetProperties() | ForEach-Object { [Microsoft.PowerShell.ToStringCodeMethods]::Type([psobject] $_.PropertyType) } | Sort-Object -Unique
            $Types -match 'Version=|PublicKeyToken'
            $Types -ccontains 'MultiCluster.Objects.Json.KubeMap'
        } | Should -Be 'True'
    }

    It 'of another module are left alone' {
        Invoke-Fresh {
            $accelerators = [psobject].Assembly.GetType('System.Management.Automation.TypeAccelerators')
            $accelerators::Add('MultiCluster.Objects.KubePod', [int])
            Import-Module $Manifest
            [MultiCluster.Objects.KubePod].Name
            Remove-Module MultiCluster
            [MultiCluster.Objects.KubePod].Name
        } | Should -Be 'Int32', 'Int32'
    }
}
