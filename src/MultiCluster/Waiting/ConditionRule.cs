using MultiCluster.Faults;
using MultiCluster.Objects;
using MultiCluster.Objects.Json;
using MultiCluster.Workloads;

namespace MultiCluster.Waiting;

/// <summary>Objects are to have a condition, as <c>kubectl wait --for=condition</c> reads it: a status that was seen before the last change does not count.</summary>
internal sealed class ConditionRule : WaitRule
{
    private readonly string _name;
    private readonly string _status;

    /// <param name="text"><c>Ready</c>, or <c>Ready=False</c>.</param>
    /// <exception cref="FaultException">It names no condition (Invalid).</exception>
    public ConditionRule(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        _name = (at < 0 ? text : text[..at]).Trim();
        _status = at < 0 ? "True" : text[(at + 1)..].Trim();
        if (_name.Length == 0 || _status.Length == 0)
            throw new FaultException(FaultPhase.Invalid, $"'{text}' names no condition", "Write Ready, or Ready=False.");
    }

    public override string Unmet => $"did not get {_name}={_status}";

    public override ValueTask<WaitVerdict> JudgeAsync(KubeObject item, IReadOnlyCollection<KubeEndpointSlice>? endpoints, CancellationToken cancellationToken) => new(Judge(item));

    private WaitVerdict Judge(KubeObject item)
    {
        var condition = Find(item.StatusJson["conditions"u8]);
        if (!condition.Exists)
            return WaitVerdict.Lacks($"it has no condition {_name}");
        if (!string.Equals(condition["status"u8].AsText(), _status, StringComparison.OrdinalIgnoreCase))
            return WaitVerdict.Lacks(ConditionText.Of(_name, condition));
        var observed = condition["observedGeneration"u8].AsInt64() ?? item.StatusJson["observedGeneration"u8].AsInt64();
        return observed < item.MetadataJson["generation"u8].AsInt64() ? WaitVerdict.Lacks("the change has not been taken up yet") : WaitVerdict.Fulfilled;
    }

    private JsonSlice Find(JsonSlice conditions)
    {
        foreach (var condition in conditions.Elements)
        {
            if (string.Equals(condition["type"u8].AsText(), _name, StringComparison.OrdinalIgnoreCase))
                return condition;
        }

        return default;
    }
}
