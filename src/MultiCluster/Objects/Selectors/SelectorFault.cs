using MultiCluster.Faults;

namespace MultiCluster.Objects.Selectors;

/// <summary>Makes the errors of selectors: where, what was expected, and an example.</summary>
internal static class SelectorFault
{
    public const string LabelExample = "Write it as app=web,tier!=cache,env in (prod,qa),!legacy.";

    public const string FieldExample = "Write it as status.phase=Running,spec.nodeName!=node-1.";

    /// <summary>The error at one place of the text.</summary>
    /// <param name="what"><c>label selector</c> or <c>field selector</c>.</param>
    /// <param name="text">The selector.</param>
    /// <param name="at">Where, counted from 0; shown counted from 1.</param>
    /// <param name="problem">What is wrong there, without a full stop.</param>
    /// <param name="example">How to write it, as a sentence.</param>
    public static FaultException At(string what, string text, int at, string problem, string example) =>
        new(FaultPhase.Invalid, $"the {what} '{text}' is wrong at character {at + 1}: {problem}", example);

    public static FaultException In(string what, string problem, string example) =>
        new(FaultPhase.Invalid, $"the {what} is wrong: {problem}", example);
}
