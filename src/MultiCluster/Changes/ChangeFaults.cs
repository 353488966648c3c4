using System.Text.RegularExpressions;
using MultiCluster.Api.Writes;
using MultiCluster.Faults;

namespace MultiCluster.Changes;

/// <summary>What a server's refusal of a change means.</summary>
internal static partial class ChangeFaults
{
    private const string ManagerConflict = "FieldManagerConflict";

    /// <summary>What became of an object whose change a fault ended.</summary>
    public static ChangeOutcome OutcomeOf(Fault fault) => fault switch
    {
        _ when IsUntypable(fault) => ChangeOutcome.Invalid,
        { Phase: FaultPhase.Conflict } => ChangeOutcome.Conflict,
        { Phase: FaultPhase.Invalid } or { HttpStatus: 400 or 422 } => ChangeOutcome.Invalid,
        _ => ChangeOutcome.Failed,
    };

    /// <summary>Whether a write was refused because its object is another by now; a JSON patch says so by a test that fails.</summary>
    public static bool IsOutdated(Fault fault, ObjectWrite write) => write.Method == WriteMethod.JsonPatch
        ? fault.HttpStatus == 422 || WriteFaults.IsStale(fault)
        : WriteFaults.IsStale(fault) && !fault.Causes.Any(static cause => cause.Reason == ManagerConflict);

    /// <summary>The fields that the fault is about, in the server's order.</summary>
    public static IReadOnlyList<KubeFieldConflict> FieldsOf(Fault fault) =>
    [
        .. fault.Causes.Where(static cause => cause.Field.Length > 0 || cause.Reason.Length > 0)
            .Select(static cause => new KubeFieldConflict { Field = cause.Field, Manager = ManagerOf(cause), Message = cause.Message }),
    ];

    /// <summary>The fault with an advice that helps who changes objects.</summary>
    public static Fault Advised(Fault fault)
    {
        if (IsUntypable(fault))
            return fault with { Phase = FaultPhase.Invalid, Advice = AboutManifest(fault.Detail) ?? "Correct the field that it names." };
        if (fault.HttpStatus == 400)
            return fault with { Advice = AboutManifest(fault.Detail) ?? fault.Advice };
        if (fault.Phase != FaultPhase.Conflict || fault.HttpStatus is null || fault.Reason == "AlreadyExists")
            return fault;
        return fault.Causes.Any(static cause => cause.Reason == ManagerConflict)
            ? fault with { Advice = "Leave the fields to their owners (take them out of what is applied), or take them over with -Force." }
            : fault with { Advice = "It was changed meanwhile: read it again with Get-KubeResource, and repeat the change." };
    }

    /// <summary>In a sentence what keeps the object from being changed.</summary>
    public static string Sentence(Fault fault, IReadOnlyList<KubeFieldConflict> fields)
    {
        if (fields.Count == 0 || fault.Phase is not (FaultPhase.Conflict or FaultPhase.Invalid))
            return fault.Reason ?? fault.Detail;
        var owners = fields.Where(static field => field.Manager is not null).GroupBy(static field => field.Manager!, StringComparer.Ordinal)
            .Select(static group => $"{group.Key} owns {NameList.Of([.. group.Select(static field => field.Field.TrimStart('.'))])}").ToArray();
        return owners.Length > 0 ? string.Join("; ", owners) : string.Join("; ", fields.Select(static field => field.Field.Length == 0 ? field.Message : $"{field.Field}: {field.Message}"));
    }

    /// <summary>Whether an apply does not fit the schema of its kind, which servers say as a fault of their own (500).</summary>
    private static bool IsUntypable(Fault fault) => fault.HttpStatus == 500 && fault.Detail.Contains("failed to create typed patch object", StringComparison.Ordinal);

    // What files get wrong most, in the words of servers of 1.20 and later: of an apply, and of a body that is decoded.
    private static string? AboutManifest(string detail) =>
        detail.Contains("omits key field", StringComparison.Ordinal)
            ? "Write the keys of the list's elements, as protocol: TCP of a port: servers before 1.21 know no defaults of them."
            : NotText().IsMatch(detail)
            ? "Put quotes around a value or key that is text: YAML reads yes, no, on, off, y and n as booleans, and 010 as the number 8."
            : null;

    private static string? ManagerOf(FaultCause cause) =>
        cause.Reason == ManagerConflict && QuotedManager().Match(cause.Message) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("expected string, got |expects \" or n, but found |cannot unmarshal (number|bool) into Go .* of type string", RegexOptions.CultureInvariant)]
    private static partial Regex NotText();

    // As the API server writes it: conflict with "kubectl" with subresource "scale" using apps/v1 at 2021-...: .spec.replicas
    [GeneratedRegex("^conflicts? with \"((?:[^\"\\\\]|\\\\.)*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedManager();
}
