using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AmoLtv.Host.Webhooks;

/// <summary>The part of a hook's address that nobody can guess: 32 random bytes. Calls are recognised by its SHA-256 alone.</summary>
internal static class HookSecret
{
    /// <summary>Base64 for addresses, without padding.</summary>
    public static readonly int Length = Base64Url.GetEncodedLength(32);

    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
