namespace AmoLtv.Host.Notices;

/// <summary>A notice could not be delivered; the message says why, without addresses' secrets.</summary>
public sealed class NoticeFailedException(string message, Exception? inner = null) : Exception(message, inner);
