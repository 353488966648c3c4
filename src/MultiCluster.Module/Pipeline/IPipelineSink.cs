using System.Management.Automation;

namespace MultiCluster.Module.Pipeline;

/// <summary>
/// Where a cmdlet meets PowerShell. Everything it writes and asks goes through here in types of the module's own, because the types and
/// methods of the reference assembly that cmdlets are compiled and tested against do nothing and hold nothing.
/// Only the pipeline thread calls it.
/// </summary>
internal interface IPipelineSink
{
    /// <summary>The command's name, as reports and progress show it.</summary>
    string Command { get; }

    /// <summary>The parameter set that was chosen.</summary>
    string ParameterSet { get; }

    /// <summary>Whether objects are piped in, be it none at all.</summary>
    bool TakesInput { get; }

    void Object(object? value);

    void Error(CmdletError error);

    /// <summary>Ends the cmdlet; does not return.</summary>
    void Terminate(CmdletError error);

    void Warning(string text);

    void Verbose(string text);

    void Debug(string text);

    /// <param name="text">The text.</param>
    /// <param name="tag">What it is about, besides the module.</param>
    void Information(string text, string? tag = null);

    void Progress(ProgressUpdate update);

    /// <summary>Lets Get-Job find the job, and writes it.</summary>
    void Job(Job job);

    bool ShouldProcess(string target, string action);

    /// <summary>Whether <c>-WhatIf</c> is on, by the parameter or by its preference variable.</summary>
    bool IsWhatIf { get; }

    /// <summary>Writes a line to the host itself, which works when the pipeline is being stopped and takes nothing any more.</summary>
    void HostLine(string text);

    /// <summary>Runs a script of the user's with <paramref name="value"/> as <c>$_</c> and as its argument; false when the last that it writes is.</summary>
    bool Check(ScriptBlock script, object value);

    bool ShouldContinue(string query, string caption, ref bool yesToAll, ref bool noToAll);

    /// <summary>Whether the parameter was given, by name, by position, or from the pipeline.</summary>
    bool IsBound(string parameter);

    /// <summary>Whether Verbose or Debug is shown: by the common parameter, or by its preference variable.</summary>
    bool Shows(string stream);

    /// <summary>Whether a switch is on.</summary>
    bool IsOn(SwitchParameter value, string parameter);

    /// <summary>The full path of a file or folder as the user gave it: relative to the session's location, from <c>~</c>, or on a drive.</summary>
    string FilePath(string path);
}
