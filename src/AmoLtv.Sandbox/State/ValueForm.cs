namespace AmoLtv.Sandbox.State;

/// <summary>How a stored value looks in JSON.</summary>
public enum ValueForm
{
    /// <summary>A JSON string; numeric fields too.</summary>
    Text,

    /// <summary>Written as it is: a date's unix seconds, a checkbox's boolean, an object.</summary>
    Json,
}
