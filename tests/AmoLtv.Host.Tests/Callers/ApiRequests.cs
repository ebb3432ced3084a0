namespace AmoLtv.Host.Tests.Callers;

/// <summary>
/// Well-formed requests to every endpoint of the API: what holds for all of them is tested with these. An endpoint without one is
/// reported (<see cref="TenantIsolationTests.Every_endpoint_of_the_API_has_a_request"/>).
/// </summary>
internal static class ApiRequests
{
    /// <summary>Endpoints that have a request, as <see cref="ApiRoutes.Name"/> calls them.</summary>
    public static IEnumerable<string> Routes => ApiReads.Forms.Keys.Concat(ApiWrites.Forms.Keys);

    /// <summary>Requests about what has these names: those that read first, so that they find what was there.</summary>
    public static IReadOnlyList<ApiRequest> About(Func<string, string> names) =>
        [.. ApiReads.Forms.Concat(ApiWrites.Forms).SelectMany(entry => entry.Value.Select(form => form.Fill(entry.Key, names)))];

    /// <summary>Requests about nothing that anybody has: for whoever is not let in anyway.</summary>
    public static IReadOnlyList<ApiRequest> AboutNothing() => About(name => name == "settings" ? "{}" : "1");
}
