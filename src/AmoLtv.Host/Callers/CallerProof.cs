namespace AmoLtv.Host.Callers;

/// <summary>How a request shows who asks.</summary>
public enum CallerProof
{
    /// <summary>The CRM's own token, which the widget sends (header <c>X-Auth-Token</c>).</summary>
    Widget,

    /// <summary>A page token of this service (header <c>Authorization</c>), of a page framed in the CRM.</summary>
    PageToken,

    /// <summary>The cookie of a page that is opened on its own.</summary>
    Cookie,
}
