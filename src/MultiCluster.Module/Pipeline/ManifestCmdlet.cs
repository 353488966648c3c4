using System.Management.Automation;
using MultiCluster.Faults;
using MultiCluster.Manifests;

namespace MultiCluster.Module.Pipeline;

/// <summary>A cmdlet that writes whole objects: from files, text, tables and objects. Clusters that are piped in say where.</summary>
public abstract class ManifestCmdlet : FleetChangingCmdlet
{
    private bool _takes;

    private protected ManifestCmdlet()
    {
    }

    /// <summary>What was given.</summary>
    private protected ManifestInput Input { get; private set; } = null!;

    /// <summary>Whether the folders in folders are read, too.</summary>
    private protected virtual bool ReadsFoldersInFolders => false;

    private protected sealed override bool PipesElse => _takes;

    private protected override void Begin()
    {
        base.Begin();
        Input = new ManifestInput(this, ReadsFoldersInFolders, file => Await(ObjectDocuments.ReadFileAsync(file, Cancellation)), Cancellation);
    }

    private protected override void Process()
    {
        var others = new List<PSObject>();
        foreach (var row in InputObject)
        {
            if (Input.TryTake(row))
                _takes = true;
            else
                others.Add(row);
        }

        if (others.Count == 0)
            return;
        InputObject = [.. others];
        base.Process();
    }

    /// <summary>All that was given. When some of it cannot be read, nothing is changed.</summary>
    /// <exception cref="FaultException">Something cannot be read (Invalid); the errors before it say what.</exception>
    private protected IReadOnlyList<GivenManifest> Given()
    {
        var given = Input.End();
        return Input.Failed == 0 ? given : throw new FaultException(
            FaultPhase.Invalid, $"{Input.Failed} of what was given cannot be read, and nothing was changed", "Correct it; the errors before this one say where.");
    }
}
