using System.Text;
using AmoLtv.Host.Callers;

namespace AmoLtv.Host.Tests.Callers;

/// <summary>A well-formed request to an endpoint of the API.</summary>
/// <param name="Name">What it asks, whichever card or run it is about.</param>
/// <param name="Route">Its endpoint, as <see cref="ApiRoutes.Name"/> calls it.</param>
/// <param name="Path">With its query.</param>
/// <param name="Body">JSON; null: none.</param>
/// <param name="Proof">By which the endpoint lets somebody in.</param>
/// <param name="Varying">Properties of the answer that are drawn by lot.</param>
internal sealed record ApiRequest(string Name, string Route, string Path, string? Body, CallerProof Proof, IReadOnlyList<string> Varying)
{
    public HttpMethod Method => new(Route.Split(' ')[0]);

    public HttpRequestMessage ToMessage() => new(Method, Path)
    {
        Content = Body is null ? null : new StringContent(Body, Encoding.UTF8, "application/json"),
    };

    public override string ToString() => Name;
}
