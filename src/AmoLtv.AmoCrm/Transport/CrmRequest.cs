using AmoLtv.Core.Identity;

namespace AmoLtv.AmoCrm.Transport;

/// <summary>One call.</summary>
/// <param name="What">In words, for errors: "Reading leads".</param>
/// <param name="Path">Below the account's address, for example <c>api/v4/leads</c>.</param>
/// <param name="ContextUser">The user in whose name, with whose rights, the call is made (works with an admin's grant).</param>
/// <param name="ReadsProblem">True where a 400 with a JSON body is an answer to be read, not a failure.</param>
internal sealed record CrmRequest(
    string What,
    HttpMethod Method,
    string Path,
    IReadOnlyList<(string Name, string Value)> Query,
    byte[]? Body = null,
    UserId? ContextUser = null,
    bool ReadsProblem = false)
{
    private const string AccountPath = "api/v4/account";

    /// <summary>
    /// Reads the account itself, which every grant may: what refuses this, refuses everything. In nobody's name.
    /// </summary>
    public bool IsAccount => Method == HttpMethod.Get && Path == AccountPath && ContextUser is null;

    /// <summary>Whether a request made of a call is such a one.</summary>
    public static bool IsAccountRequest(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get && request.RequestUri?.AbsolutePath == "/" + AccountPath;

    /// <summary>Whether a request is for tokens: without one nothing could be asked, not even whether the CRM answers again.</summary>
    public static bool IsTokenRequest(HttpRequestMessage request) =>
        request.RequestUri?.AbsolutePath.StartsWith("/oauth2/", StringComparison.Ordinal) == true;

    public static CrmRequest Account(string what, params (string Name, string Value)[] query) => Get(what, AccountPath, query);

    /// <summary>The same call with these values of these parameters.</summary>
    public CrmRequest With(params (string Name, string Value)[] values) =>
        this with { Query = [.. Query.Where(one => values.All(value => value.Name != one.Name)), .. values] };

    public static CrmRequest Get(string what, string path, params (string Name, string Value)[] query) =>
        new(what, HttpMethod.Get, path, query);
}
