namespace AmoLtv.Sandbox.Api;

/// <summary>An element of a batch that did not pass.</summary>
/// <param name="RequestId">The one that was sent, else the element's index.</param>
internal sealed record RefusedElement(string RequestId, IReadOnlyList<FieldError> Errors);
