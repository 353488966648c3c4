namespace MultiCluster.Sandbox.Data;

internal static class ManagedFields
{
    /// <summary>One manager's entry.</summary>
    public static string Of(string apiVersion, string time, string fields, string manager = "helm") =>
        $"{{\"manager\":\"{manager}\",\"operation\":\"Update\",\"apiVersion\":\"{apiVersion}\",\"time\":\"{time}\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{fields}}}";
}
