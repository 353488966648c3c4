using MultiCluster.Objects.Json;

namespace MultiCluster.Access;

/// <summary>What a <c>SelfSubjectRulesReview</c> says of one namespace.</summary>
internal sealed class AccessRules
{
    private readonly List<Rule> _rules = [];

    /// <summary>Reads the review that a server answered.</summary>
    public AccessRules(JsonSlice review)
    {
        var status = review["status"u8];
        IsComplete = status["resourceRules"u8].IsArray && !status["incomplete"u8].AsBoolean();
        foreach (var rule in status["resourceRules"u8].Elements)
            _rules.Add(new(Texts(rule["verbs"u8]), Texts(rule["apiGroups"u8]), Texts(rule["resources"u8]), Texts(rule["resourceNames"u8])));
    }

    /// <summary>False when an authorizer does not tell its rules (a webhook, the node authorizer): what is not here may be allowed all the same.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether they allow it; null when they cannot tell.</summary>
    public bool? Allows(AccessQuestion question)
    {
        foreach (var rule in _rules)
        {
            if (rule.Allows(question))
                return true;
        }

        return IsComplete ? false : null;
    }

    private static string[] Texts(JsonSlice array)
    {
        var texts = new List<string>();
        foreach (var text in array.Elements)
            texts.Add(text.AsString() ?? ""); // the core group is an empty text
        return [.. texts];
    }

    /// <summary>Compares as RBAC does (<c>rbac/v1 evaluation_helpers</c>).</summary>
    private readonly record struct Rule(string[] Verbs, string[] Groups, string[] Resources, string[] Names)
    {
        public bool Allows(AccessQuestion question) =>
            Has(Verbs, question.Verb) && Has(Groups, question.Group) && HasResource(question) && (Names.Length == 0 || Names.Contains(question.Name));

        private static bool Has(string[] allowed, string wanted) => allowed.Contains(wanted) || allowed.Contains("*");

        private bool HasResource(AccessQuestion question) =>
            Has(Resources, question.Subresource is null ? question.Resource : $"{question.Resource}/{question.Subresource}")
            || (question.Subresource is not null && Resources.Contains($"*/{question.Subresource}"));
    }
}
