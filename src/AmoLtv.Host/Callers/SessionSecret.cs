using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AmoLtv.Core.Identity;

namespace AmoLtv.Host.Callers;

/// <summary>
/// A random secret of a browser, a code or a cookie, that names its account: <c>{account}.{256 random bits}</c>. The database keeps its
/// hash alone.
/// </summary>
public sealed record SessionSecret(AccountId Account, string Text)
{
    private const int Bytes = 32;
    private const int MaxLength = 100;

    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>What a page must send with a write beside the cookie: only a page of this service was told it.</summary>
    public string AntiForgery => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Text), "anti-forgery"u8));

    public static SessionSecret Create(AccountId account) =>
        new(account, string.Create(CultureInfo.InvariantCulture, $"{account.Value}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes))}"));

    /// <returns>Null where the text names no account.</returns>
    public static SessionSecret? Read(string? text) =>
        text is { Length: > 0 and <= MaxLength } && Ascii.IsValid(text) && text.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
        && long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var account)
            ? new SessionSecret(new AccountId(account), text)
            : null;

    public bool IsAntiForgery(string said) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.UTF8.GetBytes(AntiForgery));
}
