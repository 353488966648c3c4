using MultiCluster.Faults;

namespace MultiCluster.Kubeconfig;

/// <summary>
/// The ids that a session has given: each context of each file keeps its own as long as the session lives, whatever files come and go
/// around it, so that no id ever means another cluster than before.
/// </summary>
internal sealed class ClusterIds
{
    private readonly Lock _gate = new();

    /// <summary>Who would like to have an id <c>filename:context</c>, where a file that is named in other capitals is still the same one.</summary>
    private readonly Dictionary<string, Claim> _claims = new(StringComparer.Ordinal);

    /// <summary>The ids with folders before the file's name.</summary>
    private readonly Dictionary<string, Claim> _extended = new(StringComparer.Ordinal);

    /// <summary>Gives each context its id, in place.</summary>
    public void Assign(List<KubeconfigContext> contexts)
    {
        lock (_gate)
        {
            var unnamed = new List<Claim>();
            var claims = new Claim[contexts.Count];
            for (var i = 0; i < claims.Length; i++) claims[i] = ClaimOf(contexts[i].Identity, unnamed);
            foreach (var claim in unnamed) Name(claim);
            for (var i = 0; i < claims.Length; i++)
            {
                var identity = contexts[i].Identity;
                if (identity.ClusterId != claims[i].Id) contexts[i] = contexts[i] with { Identity = identity with { ClusterId = claims[i].Id! } };
            }
        }
    }

    /// <summary>
    /// What somebody may mean by an id that was written down earlier or elsewhere, with more or fewer folders than it has here: each
    /// context with its id and its file. An id that was given means its own context alone.
    /// </summary>
    public IReadOnlyList<(string Id, string Path)> Meant(string id)
    {
        lock (_gate)
        {
            if (_extended.TryGetValue(id, out var extended)) return [(id, extended.Path)];
            if (!ClusterIdentity.TryParse(id, out var label, out var context)) return [];
            var meant = new List<(string, string)>();
            for (var claim = _claims.GetValueOrDefault(KeyOf(label[(label.LastIndexOf('/') + 1)..], context)); claim is not null; claim = claim.Next)
            {
                if (claim.Id == id) return [(id, claim.Path)];
                if (claim.Id is { } other && FileLabel.Fits(label, claim.Path)) meant.Add((other, claim.Path));
            }

            return meant;
        }
    }

    private Claim ClaimOf(ClusterIdentity identity, List<Claim> unnamed)
    {
        var key = KeyOf(Path.GetFileName(identity.KubeconfigPath), identity.Context);
        if (!_claims.TryGetValue(key, out var first))
        {
            first = new Claim(identity.KubeconfigPath, identity.Context, identity.ClusterId);
            _claims.Add(key, first);
            unnamed.Add(first);
            return first;
        }

        for (var claim = first; ; claim = claim.Next)
        {
            if (identity.IsIn(claim.Path) && claim.Context == identity.Context) return claim;
            if (claim.Next is not null) continue;
            claim.Next = new Claim(identity.KubeconfigPath, identity.Context, identity.ClusterId);
            unnamed.Add(claim.Next);
            return claim.Next;
        }
    }

    private static string KeyOf(string fileName, string context) => $"{FileLabel.KeyOf(fileName)}:{context}";

    private void Name(Claim claim)
    {
        var others = new List<string>();
        for (var other = _claims[KeyOf(Path.GetFileName(claim.Path), claim.Context)]; other is not null; other = other.Next)
        {
            if (other != claim) others.Add(other.Path);
        }

        // A file's name and a folder's may hold colons, too: then an id can be taken although no other file has the name.
        if (others.Count == 0 && !_extended.ContainsKey(claim.PlainId))
        {
            claim.Id = claim.PlainId;
            return;
        }

        claim.Id = $"{FileLabel.Shortest(claim.Path, others)}:{claim.Context}";
        if (!_extended.TryAdd(claim.Id, claim)) _extended[claim.Id = $"{claim.Path}:{claim.Context}"] = claim;
    }

    /// <summary>A context of a file, and the next one that would like to have the same id.</summary>
    private sealed class Claim(string path, string context, string plainId)
    {
        public string Path { get; } = path;

        public string Context { get; } = context;

        public string PlainId { get; } = plainId;

        public string? Id { get; set; }

        public Claim? Next { get; set; }
    }
}
