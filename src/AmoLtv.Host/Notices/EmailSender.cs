using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;

namespace AmoLtv.Host.Notices;

/// <summary>Sends notices by SMTP. The password is read from its file for each message, so that it may be changed, and is never logged.</summary>
public sealed class EmailSender(IOptions<NoticesOptions> options)
{
    public bool IsConfigured => options.Value.SmtpHost is not null;

    /// <exception cref="NoticeFailedException">The mail server did not take it.</exception>
    public async Task SendAsync(string recipient, NoticeMessage message, CancellationToken cancellationToken)
    {
        var smtp = options.Value;
        using var client = new SmtpClient(smtp.SmtpHost, smtp.SmtpPort) { EnableSsl = smtp.SmtpStartTls, UseDefaultCredentials = false };
        using var mail = new MailMessage(smtp.SmtpFrom!, recipient, message.Title, message.Body)
        {
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        // The same id again where a delivery is repeated: mailboxes show it once.
        mail.Headers.Add("Message-ID", $"<{message.Marker}.{message.Account}@{mail.From!.Host}>");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(smtp.TimeoutSeconds));
        try
        {
            if (smtp is { SmtpUser: { } user, SmtpPasswordFile: { } file })
            {
                client.Credentials = new NetworkCredential(user, (await File.ReadAllTextAsync(file, limit.Token)).TrimEnd('\r', '\n'));
            }

            await client.SendMailAsync(mail, limit.Token);
        }
        catch (SmtpException failure)
        {
            throw new NoticeFailedException($"The mail server did not take the message: {failure.StatusCode}, {failure.InnerException?.Message ?? failure.Message}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NoticeFailedException($"Notices:SmtpPasswordFile cannot be read: {failure.Message}", failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NoticeFailedException("The mail server did not answer in time.", failure);
        }
    }
}
