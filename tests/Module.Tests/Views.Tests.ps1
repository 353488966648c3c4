#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '6.2.0' }

BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $views = foreach ($file in Get-ChildItem $Layout -Filter *.Format.ps1xml) {
        foreach ($view in (Select-Xml $file.FullName -XPath '//View').Node) {
            @{ File = $file.Name; Type = $view.ViewSelectedBy.TypeName; Name = $view.Name; View = $view }
        }
    }
    $own = $views | Where-Object File -EQ MultiCluster.Clusters.Format.ps1xml
    $tables = $views | Where-Object { $_.View['TableControl'] }
}

Describe 'The table <Name> of <Type>' -ForEach $tables {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Import-Module $Manifest
        $null = Get-KubeFanOut # loads the engine
        $engine = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'MultiCluster' }
        $shown = $engine.GetType(($Type -split '#')[0])
        $columns = $View.SelectNodes('TableControl/TableHeaders/TableColumnHeader')
        $items = $View.SelectNodes('TableControl/TableRowEntries/TableRowEntry/TableColumnItems/TableColumnItem')
    }

    It 'has a header for each column' {
        $items.Count | Should -Be $columns.Count
    }

    # A log line's source begins with the cluster.
    It 'begins with the cluster' -Skip:($Type -match 'FanOutReport$|ConnectionChange$|KubeLogLine') {
        $shown.GetProperty('ClusterName') | Should -Not -BeNullOrEmpty
        $items[0].PropertyName | Should -Be ClusterName
    }

    It 'fits 120 columns' -Skip:($Name -eq 'wide') {
        $width = 0
        for ($i = 0; $i -lt $columns.Count; $i++) {
            $header = $columns[$i]['Label'].InnerText ?? $items[$i]['PropertyName'].InnerText
            $width += [int]($columns[$i]['Width'].InnerText ?? $header.Length)
        }
        $width + $columns.Count - 1 | Should -BeLessOrEqual 120
    }
}

Describe 'The views of clusters and reports' {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        Import-Module $Manifest
        $null = Get-KubeFanOut # loads the engine
        $engine = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'MultiCluster' }
    }

    It 'name properties that exist: <Type>' -ForEach $own {
        $named = @($View.SelectNodes('.//PropertyName').InnerText) +
            @($View.SelectNodes('.//ScriptBlock') | ForEach-Object { [regex]::Matches($_.InnerText, '\$_\.(\w+)') } | ForEach-Object { $_.Groups[1].Value })
        $type = $engine.GetType($Type)
        $named | Where-Object { $_ -and -not $type.GetProperty($_) } | Should -BeNullOrEmpty
    }

    It 'have a table and a list each: <_>' -ForEach ($own.Type | Sort-Object -Unique) {
        $controls = (Get-FormatData $_).FormatViewDefinition.Control | ForEach-Object { $_.GetType().Name }
        $controls | Should -Contain TableControl
        $controls | Should -Contain ListControl
    }
}
