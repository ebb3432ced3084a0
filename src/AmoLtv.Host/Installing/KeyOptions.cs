namespace AmoLtv.Host.Installing;

/// <summary>The keys that encrypt tokens in the database (section <c>Keys</c>). They are kept outside the database.</summary>
public sealed class KeyOptions
{
    public const string Section = "Keys";

    /// <summary>Folder of the keys, shared by all processes of one database. Required except in Development, where it is a folder of the user's by default.</summary>
    public string? Folder { get; init; }

    /// <summary>PKCS#12 file whose certificate encrypts the keys themselves. Required except in Development.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A file that holds the password of <see cref="CertificateFile"/> alone; null where it has none.</summary>
    public string? CertificatePasswordFile { get; init; }

    /// <summary>
    /// Certificates of earlier times, by which keys that are still needed were protected: without them tokens from before a change of
    /// <see cref="CertificateFile"/> could not be read. Their password is that of the present one, or none.
    /// </summary>
    public List<string> PreviousCertificateFiles { get; init; } = [];
}
