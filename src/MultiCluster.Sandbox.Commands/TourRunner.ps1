#Requires -Version 7.6
<#
.SYNOPSIS
Types the commands of a tour as somebody would, shows what PowerShell shows, and checks what the tour says of it.
.DESCRIPTION
A tour is made of steps with an empty line between them:

    # What comes now, for the reader
    #! dev: login expired              what befalls clusters first; the sandbox sees to it
    #! Ctrl+C after 8 objects          how the command is ended
    Get-KubeResource pod               the command, on one line or more
    #=> $output.Count -eq 3            what must be true then, of the objects in $output and the errors in $errors

An error of which no such line speaks is a failure as well. The first failure ends the tour.
#>
param(
    [Parameter(Mandatory)] [string] $Script,
    [Parameter(Mandatory)] [string] $Module,
    # Where the sandbox listens.
    [Parameter(Mandatory)] [string] $Pipe,
    # Columns of the plain text for a file or a pipe. Left out, it is a terminal that is written to, and that knows its columns.
    [int] $Width
)

$ErrorActionPreference = 'Stop'
$patience = [timespan]::FromSeconds(30)

class Step {
    [string[]] $Heading
    [string[]] $Direction
    [int] $StopAfter
    [string] $Command
    [string[]] $Check
}

function Read-Step {
    foreach ($block in (Get-Content $Script -Raw) -split '(?:\r?\n){2,}') {
        $lines = $block -split '\r?\n' -ne ''
        $command = $lines -notmatch '^#' -join "`n"
        if (-not $command) { continue }
        $directions = $lines -match '^#! ' -replace '^#! '
        [Step] @{
            Heading = $lines -match '^# '
            Direction = $directions -notmatch '^Ctrl\+C'
            StopAfter = [int] ("$($directions -match '^Ctrl\+C')" -replace '\D')
            Command = $command
            Check = $lines -match '^#=> ' -replace '^#=> '
        }
    }
}

# The command as PSReadLine colours it.
function Format-Command([string] $Command) {
    $tokens = $null
    $null = [System.Management.Automation.Language.Parser]::ParseInput($Command, [ref] $tokens, [ref] $null)
    $text = $Command
    foreach ($token in $tokens | Sort-Object { $_.Extent.StartOffset } -Descending) {
        $colour = switch ($token) {
            { $_.TokenFlags -band 'CommandName' } { $PSStyle.Foreground.BrightYellow; break }
            { $_.Kind -eq 'Parameter' -or $_.TokenFlags -band 'BinaryOperator, UnaryOperator' } { $PSStyle.Foreground.BrightBlack; break }
            { $_.Kind -eq 'Variable' } { $PSStyle.Foreground.BrightGreen; break }
            { $_.Kind -like '*String*' } { $PSStyle.Foreground.Cyan; break }
        }
        if ($colour) {
            $text = $text.Insert($token.Extent.EndOffset, $PSStyle.Reset).Insert($token.Extent.StartOffset, $colour)
        }
    }
    $text
}

# A command that ends in what shows its output: PowerShell's own way in a terminal, its plain text elsewhere.
function Add-Display([powershell] $Shell) {
    if (-not $Width) { return $Shell.AddCommand('Out-Default') }
    $Shell.AddCommand('Out-String').AddParameter('Stream').AddParameter('Width', $Width).AddScript('process { [Console]::Out.WriteLine($_.TrimEnd()) }')
}

# Has the sandbox do something to clusters, and says why it has not been done.
function Invoke-Direction([string] $Direction) {
    $writer.WriteLine($Direction)
    $answer = $answering.GetAwaiter().GetResult()
    $script:answering = $reader.ReadLineAsync()
    if ($answer -ne 'done') { "$($answer ?? 'the sandbox has gone')" }
}

# Runs a step's command, as a console does, to its end or to the Ctrl+C that the step wants.
function Invoke-Step([Step] $Step, [System.Collections.Concurrent.ConcurrentQueue[object]] $Record) {
    $runspace.SessionStateProxy.SetVariable('TourRecord', $Record)
    $shell = [powershell]::Create($runspace)
    $null = $shell.AddScript($Step.Command).AddScript('process { $TourRecord.Enqueue($_); $_ }')
    $shell.Commands.Commands[0].MergeMyResults('Error', 'Output')
    $null = Add-Display $shell
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $running = $shell.BeginInvoke()
    try {
        while (-not $running.AsyncWaitHandle.WaitOne(20)) {
            if ($answering.IsCompleted) { [Environment]::Exit(1) } # The sandbox has gone, or wants the end.
            if ($clock.Elapsed -gt $patience) { return "it did not end within $($patience.TotalSeconds) s" }
            if (-not $Step.StopAfter -or $Record.Count -lt $Step.StopAfter) { continue }
            $stopping = $shell.BeginStop($null, $null)
            if (-not $stopping.AsyncWaitHandle.WaitOne($patience)) { return "it did not stop within $($patience.TotalSeconds) s" }
            Write-Host '^C'
            return
        }
        try { $null = $shell.EndInvoke($running) }
        catch {
            # A terminating error, which a console shows as any other.
            $thrown = $_.Exception.InnerException.ErrorRecord
            $Record.Enqueue($thrown)
            $null = (Add-Display ([powershell]::Create($runspace))).Invoke(@($thrown))
        }
        if ($Step.StopAfter) { "it ended by itself, before $($Step.StopAfter) objects had come" }
    }
    finally { $null = $shell.BeginStop($null, $null) } # Of one that has ended, nothing is left to stop.
}

# What of a step's checks is not true.
function Test-Check([Step] $Step, [object[]] $Output, [object[]] $Errors) {
    if ($Errors -and -not ($Step.Check -match '\$errors')) { 'it wrote errors, of which the tour says nothing' }
    foreach ($check in $Step.Check) {
        $shell = [powershell]::Create($runspace).AddScript("param([object[]] `$output, [object[]] `$errors) [bool] ($check)", $true)
        try {
            if (-not $shell.AddParameter('output', $Output).AddParameter('errors', $Errors).Invoke()[0]) { "not true: $check" }
        }
        catch { "cannot be told: $check ($($_.Exception.InnerException.Message))" }
        finally { $shell.Dispose() }
    }
}

$client = [System.IO.Pipes.NamedPipeClientStream]::new('.', $Pipe, 'InOut', 'Asynchronous')
$client.Connect(5000)
$reader = [System.IO.StreamReader]::new($client)
$writer = [System.IO.StreamWriter]::new($client)
$writer.AutoFlush = $true
# Completes with an answer, or when the sandbox goes.
$answering = $reader.ReadLineAsync()

$runspace = [runspacefactory]::CreateRunspace($Host)
$runspace.Open()
$preparing = [powershell]::Create($runspace).AddScript('param($Module, $Plain) Import-Module $Module; if ($Plain) { $ProgressPreference = "SilentlyContinue" }')
$null = $preparing.AddArgument($Module).AddArgument([bool] $Width).Invoke()
if ($preparing.HadErrors) { throw $preparing.Streams.Error[0] }

$parted = $true
foreach ($step in Read-Step) {
    if (-not $parted) { Write-Host }
    foreach ($line in $step.Heading) { Write-Host ($PSStyle.Foreground.Green + $line + $PSStyle.Reset) }
    $record = [System.Collections.Concurrent.ConcurrentQueue[object]]::new()
    $failures = @($step.Direction | ForEach-Object { Invoke-Direction $_ })
    Write-Host ('PS> ' + (Format-Command $step.Command))
    if (-not $failures) { $failures = @(Invoke-Step $step $record) }
    $errors, $output = $record.ToArray().Where({ $_ -is [System.Management.Automation.ErrorRecord] }, 'Split')
    if (-not $failures) { $failures = @(Test-Check $step $output $errors) }
    # A table ends with an empty line by itself, unless it is stopped.
    $parted = $output.Count -and -not $step.StopAfter
    if (-not $failures) { continue }
    [Console]::Error.WriteLine("`nThe tour failed at `"$($step.Heading -replace '^# ')`", PS> $($step.Command)")
    foreach ($failure in $failures) { [Console]::Error.WriteLine("  $failure") }
    [Console]::Error.WriteLine("  What came: $($output.Count) objects, $($errors.Count) errors.")
    foreach ($item in $errors) { [Console]::Error.WriteLine("    $item") }
    [Environment]::Exit(1) # exit would wait for a command that does not end.
}
