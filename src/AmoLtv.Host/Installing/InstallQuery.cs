using Microsoft.AspNetCore.Mvc;

namespace AmoLtv.Host.Installing;

/// <summary>What the CRM appends to the redirect address; every part may be missing or made up.</summary>
internal sealed record InstallQuery(
    [FromQuery(Name = "code")] string? Code,
    [FromQuery(Name = "referer")] string? Referer,
    [FromQuery(Name = "client_id")] string? ClientId,
    [FromQuery(Name = "state")] string? State,
    [FromQuery(Name = "from_widget")] string? FromWidget,
    [FromQuery(Name = "error")] string? Error);
