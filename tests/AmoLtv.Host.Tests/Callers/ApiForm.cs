using System.Text.RegularExpressions;
using AmoLtv.Host.Callers;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>A request to an endpoint before anybody says which card or run it is about: <c>&lt;run&gt;</c> stands for the number of one.</summary>
internal sealed partial record ApiForm(string Query = "")
{
    /// <summary>Names of what the parameters of the route stand for, in order; null: they are called like the parameters.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    public string? Body { get; init; }

    /// <summary>A page's token opens every endpoint but those that begin or end a session.</summary>
    public CallerProof Proof { get; init; } = CallerProof.PageToken;

    public IReadOnlyList<string> Varying { get; init; } = [];

    /// <param name="route">As <see cref="ApiRoutes.Name"/> calls the endpoint.</param>
    /// <param name="names">What each name stands for.</param>
    public ApiRequest Fill(string route, Func<string, string> names)
    {
        var values = new Queue<string>(Values ?? []);
        var path = RouteParameter().Replace(route.Split(' ')[1], parameter =>
            names(values.TryDequeue(out var name) ? name : parameter.Groups["name"].Value));
        return new ApiRequest(
            $"{route}{Query} {Body}".TrimEnd(),
            route,
            path + Placeholder().Replace(Query, place => Uri.EscapeDataString(names(place.Groups["name"].Value))),
            Body is null ? null : Placeholder().Replace(Body, place => names(place.Groups["name"].Value)),
            Proof,
            Varying);
    }

    [GeneratedRegex(@"\{(?<name>\w+)(:\w+)?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RouteParameter();

    [GeneratedRegex(@"<(?<name>\w+)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
