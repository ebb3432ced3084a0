namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>What came of a question over HTTP.</summary>
/// <param name="Status">Null where nothing answered.</param>
/// <param name="Date">The header, by the other's clock.</param>
/// <param name="Text">Beginning of a body that came with a status of success.</param>
/// <param name="Failure">Why nothing answered.</param>
/// <param name="CertificateEnds">Until when the certificate that was shown and accepted is valid; null without TLS.</param>
internal sealed record HttpProbeAnswer(int? Status, DateTimeOffset? Date, string Text, string? Failure, DateTimeOffset? CertificateEnds = null);
