using System.Diagnostics;
using MultiCluster.Faults;
using MultiCluster.Kubeconfig;
using MultiCluster.Objects.Yaml;
using MultiCluster.Platform;

namespace MultiCluster.Changes.Editing;

/// <summary>
/// The file that is edited. It lies in a folder of its own that only its owner may enter, so that what editors write beside it, copies
/// among them, is nobody else's to read and goes with it.
/// </summary>
internal sealed class EditFile
{
    private readonly DirectoryInfo _folder;

    /// <summary>Makes the folder.</summary>
    /// <param name="name">What is edited, as <c>deployment-web</c>: what cannot stand in a file's name is left out.</param>
    public EditFile(string name)
    {
        _folder = Directory.CreateTempSubdirectory("kube-edit-");
        Path = System.IO.Path.Combine(_folder.FullName, string.Concat(name.ToLowerInvariant().Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '-')) + ".yaml");
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Whether it is to stay, since it holds work.</summary>
    public bool IsKept { get; set; }

    /// <summary>Has a text edited, and returns what was saved.</summary>
    /// <param name="editor">The editor, which gets the terminal.</param>
    /// <param name="text">The text.</param>
    /// <param name="isInteractive">Whether a user sits at the terminal: then the editor is never ended from here, since it may hold work.</param>
    /// <param name="cancellationToken">Ends an editor that nobody sits in front of.</param>
    /// <exception cref="FaultException">The editor, or the file, failed (Invalid).</exception>
    public string Edit(EditorCommand editor, string text, bool isInteractive, CancellationToken cancellationToken)
    {
        try
        {
            using (var writer = new StreamWriter(OwnerOnlyFile.Open(Path, FileMode.Create, FileShare.Read), SourceText.Strict))
                writer.Write(text);
            var code = Run(editor, isInteractive, cancellationToken);
            var saved = SourceText.Of(SharedFile.ReadAllBytes(Path));
            IsKept = saved != text && (isInteractive || !cancellationToken.IsCancellationRequested); // until it has been sent
            return code == 0 ? saved : throw new FaultException(
                FaultPhase.Invalid, $"the editor ended with the code {code}, and nothing was changed", "End it in the usual way to have the edit sent.");
        }
        catch (YamlProblemException e)
        {
            IsKept = true;
            throw new FaultException(FaultPhase.Invalid, e.Message, e.Advice);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FaultException(FaultPhase.Invalid, $"what was edited cannot be read: {e.Message.TrimEnd('.')}", "Have the editor save to the file that it was given.");
        }
    }

    /// <summary>Deletes it, unless it is to stay.</summary>
    public void Close()
    {
        if (IsKept)
            return;
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An editor that did not wait may hold it; it is its owner's alone.
        }
    }

    private int Run(EditorCommand editor, bool isInteractive, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(ProgramStart.Of(editor.Program, [.. editor.Arguments, Path]))!;
            using var stopping = isInteractive ? default : cancellationToken.UnsafeRegister(static started => End((Process)started!), process);
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or ArgumentException)
        {
            throw new FaultException(FaultPhase.Invalid, $"the editor {editor.Program} cannot be started: {e.Message.TrimEnd('.')}", "Set $env:KUBE_EDITOR to another one.");
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended by itself.
        }
    }
}
