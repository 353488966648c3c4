namespace MultiCluster.Credentials;

/// <summary>Who asks for an exec plugin's credential.</summary>
/// <param name="ClusterId">The asking cluster: what it rejects stays good for the others.</param>
/// <param name="InteractiveAllowed">True when somebody sits at the terminal who could answer a prompt.</param>
internal sealed record ExecContext(string ClusterId, bool InteractiveAllowed);
