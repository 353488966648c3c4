#Requires -Modules @{ ModuleName = 'Microsoft.PowerShell.PlatyPS'; ModuleVersion = '1.0.0' }
<#
.SYNOPSIS
Turns the Markdown help in docs/en-US into the file that Get-Help reads.
.DESCRIPTION
PlatyPS does the translation. What it leaves out or leaves as Markdown is mended here: default values, code blocks of examples,
backticks, names of nullable types, and links that lead nowhere in a console.
#>
[CmdletBinding()]
param(
    # The folder with a page per cmdlet.
    [Parameter(Mandatory)] [string] $Path,

    # The file to write.
    [Parameter(Mandatory)] [string] $Destination
)

$ErrorActionPreference = 'Stop'

function Add-Element($Parent, [string] $Prefix, [string] $Name, [string] $Text, $Before) {
    $element = $Parent.OwnerDocument.CreateElement($Prefix, $Name, $namespaces[$Prefix])
    if ($Text) { $element.InnerText = $Text }
    $null = $Parent.InsertBefore($element, $Before)
    $element
}

# PlatyPS puts an example's code into its introduction, as it stands in the page.
function Repair-Example($Example) {
    $text = ($Example.SelectNodes('maml:introduction/maml:para', $names).InnerText | Where-Object { $_ -ne [char] 0x80 }) -join "`n`n"
    $code, $remarks = [regex]::Match($text, '(?s)^```powershell\n(.*?)\n```\s*(.*)$').Groups[1, 2].Value
    if (-not $code) { throw "An example does not begin with a block of PowerShell: $($Example.title)" }
    $Example.SelectSingleNode('maml:introduction', $names).RemoveAll()
    $Example.SelectSingleNode('dev:code', $names).InnerText = $code
    # The empty paragraph sets the next example apart.
    $remarks, '' | ForEach-Object { $null = Add-Element $Example.SelectSingleNode('dev:remarks', $names) maml para $_ }
}

$pages = Get-ChildItem $Path -Filter '*-*.md' | Sort-Object Name | Import-MarkdownCommandHelp
$scratch = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
try {
    $raw = $pages | Export-MamlCommandHelp -OutputFolder $scratch -Force
    $help = [xml]::new()
    $help.Load($raw.FullName)
} finally {
    Remove-Item $scratch -Recurse -ErrorAction Ignore
}

$namespaces = @{
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev = 'http://schemas.microsoft.com/maml/dev/2004/10'
    maml = 'http://schemas.microsoft.com/maml/2004/10'
}
$names = [Xml.XmlNamespaceManager]::new($help.NameTable)
$namespaces.GetEnumerator() | ForEach-Object { $names.AddNamespace($_.Key, $_.Value) }

foreach ($page in $pages) {
    $command = $help.SelectSingleNode("//command:command[command:details/command:name='$($page.Title)']", $names)
    foreach ($parameter in $page.Parameters | Where-Object DefaultValue) {
        $node = $command.SelectSingleNode("command:parameters/command:parameter[maml:name='$($parameter.Name)']", $names)
        $null = Add-Element $node dev defaultValue $parameter.DefaultValue
    }
    foreach ($example in $command.SelectNodes('command:examples/command:example', $names)) { Repair-Example $example }
    foreach ($link in $command.SelectNodes('command:relatedLinks/maml:navigationLink', $names)) {
        if ($link.linkText -eq 'Online Version') { $null = $link.ParentNode.RemoveChild($link) }
        else { $link.SelectSingleNode('maml:uri', $names).RemoveAll() }
    }
}

foreach ($text in $help.SelectNodes('//maml:para/text()', $names)) { $text.Value = $text.Value.Replace('`', '') }
foreach ($text in $help.SelectNodes('//command:parameterValue/text() | //dev:type/maml:name/text()', $names)) {
    $text.Value = $text.Value -replace '^System\.Nullable`1\[(.+)\]$', '$1'
}

$settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
$null = New-Item (Split-Path $Destination) -ItemType Directory -Force
$writer = [Xml.XmlWriter]::Create($Destination, $settings)
try {
    $help.Save($writer)
} finally {
    $writer.Dispose()
}
