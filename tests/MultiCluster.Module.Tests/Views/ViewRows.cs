using System.Collections;
using System.Management.Automation;
using System.Reflection;
using System.Text;
using MultiCluster.Faults;
using MultiCluster.Logs;
using MultiCluster.Objects;
using MultiCluster.Terminal;

namespace MultiCluster.Module.Tests.Views;

/// <summary>
/// Rows of any type that has a view, made of its properties alone: an object of its name whose properties have values as they are in
/// production, or as nobody wants them. A type that is new has rows, too.
/// </summary>
internal static class ViewRows
{
    /// <summary>Clusters whose names begin, or end, alike.</summary>
    public static IReadOnlyList<string> LookAlikes { get; } =
    [
        "arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-1",
        "arn:aws:eks:eu-central-1:123456789012:cluster/payments-prod-2",
        "arn:aws:eks:us-east-1:123456789012:cluster/payments-prod-2",
        "admin@kube-test-21440",
        "admin@kube-test-21450",
    ];

    private static readonly DateTime Then = new(2026, 3, 1, 9, 30, 15, DateTimeKind.Local);

    /// <summary>What a state may be, one after the other.</summary>
    private static readonly string[] States = ["CrashLoopBackOff", "Running", "Init:ImagePullBackOff", "Pending", "Completed"];

    /// <summary>A row of each cluster with long names.</summary>
    public static object[] Realistic(string typeName) => [.. LookAlikes.Select((cluster, number) => Row(typeName, cluster, new Texts(
        "payments-gateway-production",
        $"payments-gateway-api-7d9c5b8f4d-x2x7k-{number}-canary",
        States[number],
        "Back-off restarting failed container payments-gateway in pod payments-gateway-api-7d9c5b8f4d-x2x7k")))];

    /// <summary>Rows whose texts are meant to do harm, one kind of harm each.</summary>
    public static object[] Hostile(string typeName) =>
    [
        .. new[] { "\e[31mred\e[0m\e]0;title\a", "\u202eevil\u202c", "支払い-ゲートウェイ-本番環境-東京-データベース", new string('a', 253), "one\ntwo\tthree\rfour" }
            .Select((text, number) => Row(typeName, LookAlikes[number], new Texts(text, text, text, text))),
    ];

    /// <summary>The id that the cluster of a name has.</summary>
    public static string IdOf(string cluster) => $"config:{cluster}";

    private static PSObject Row(string typeName, string cluster, Texts texts)
    {
        var type = typeof(KubeObject).Assembly.GetType(typeName.Split('#')[0], throwOnError: true)!;
        var row = type == typeof(KubeLogLine) ? PSObject.AsPSObject(Line(cluster, texts)) : new PSObject();
        if (type != typeof(KubeLogLine))
        {
            row.TypeNames.Clear();
            for (var each = type; each != typeof(object); each = each!.BaseType)
                row.TypeNames.Add(each!.FullName);
            PropertyInfo[] properties = [.. type.GetProperties().DistinctBy(static property => property.Name)];
            foreach (var property in properties)
                row.Properties.Add(new PSNoteProperty(property.Name, property.Name == "ClusterId" ? IdOf(cluster) : property.Name == "ClusterName" ? cluster : (object?)Age(property, properties) ?? Value(property.PropertyType, property.Name, texts)));
            if (typeName.EndsWith("#Mixed", StringComparison.Ordinal))
            {
                row.Properties.Add(new PSNoteProperty("Ready", "10/12"));
                row.Properties.Add(new PSNoteProperty("State", texts.State));
            }
        }

        if (typeName != type.FullName)
            row.TypeNames.Insert(0, typeName);
        return row;
    }

    /// <summary>A time that is shown as an age, or that ends one; null for any other property.</summary>
    private static DateTime? Age(PropertyInfo property, PropertyInfo[] all)
    {
        var ends = all.Any(other => other.GetCustomAttribute<ColumnAttribute>()?.Until == property.Name);
        return ends || property.GetCustomAttribute<ColumnAttribute>() is { Age: true } ? DateTime.Now.AddDays(-12).AddMinutes(ends ? 34 : -5) : null;
    }

    private static KubeLogLine Line(string cluster, Texts texts) =>
        new(new LogSource(new ClusterIdentity(IdOf(cluster), cluster, cluster, "config"), texts.Space, texts.Name, "payments-gateway"), KubeLogLine.NanosecondsOf(Then), Encoding.UTF8.GetBytes(texts.Message));

    private static object? Value(Type type, string name, Texts texts)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type == typeof(object) || type == typeof(KubeObject))
            return Text(name, texts);
        if (type == typeof(bool))
            return name is "IsBlocked" or "Reachable";
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>().MaxBy(static value => value.ToString()!.Length);
        if (type == typeof(KubeAge))
            return new KubeAge(new TimeSpan(7, 23, 0, 0));
        if (type == typeof(Quantity))
            return Quantity.Parse(name.StartsWith("Cpu", StringComparison.Ordinal) ? "128" : "128Gi");
        if (type == typeof(TimeSpan))
            return new TimeSpan(0, 0, 12, 34, 567);
        if (type == typeof(DateTime))
            return Then;
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(Then);
        if (type == typeof(Uri) && name == "Uri")
            return new Uri("http://127.0.0.1:45901");
        if (type == typeof(Fault))
            return new Fault { Phase = FaultPhase.Unauthorized, Detail = texts.Message };
        if (type.IsPrimitive)
            return Convert.ChangeType(name.Length % 2 == 0 ? 3 : 1200, type, System.Globalization.CultureInfo.InvariantCulture);
        return type.IsAssignableTo(typeof(IEnumerable)) ? new[] { texts.Name, texts.Message } : texts.Name;
    }

    private static string Text(string name, Texts texts) => name switch
    {
        "Namespace" => texts.Space,
        "State" or "Phase" => texts.State,
        "Ready" => "10/12",
        "Message" or "Reason" or "LastError" or "WaitsFor" or "Reasons" => texts.Message,
        "Type" when texts.State == texts.Name => texts.State,
        "Type" => "Warning",
        "Version" => "v1.33.1-eks-2d5f260",
        "Verb" => "deletecollection",
        "Kind" when texts.State != texts.Name => "HorizontalPodAutoscaler",
        "Object" when texts.State != texts.Name => $"pod/{texts.Name}",
        _ => texts.Name,
    };

    private sealed record Texts(string Space, string Name, string State, string Message);
}
