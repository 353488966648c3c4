using MultiCluster.Module.Sessions;

namespace MultiCluster.Module.Completion;

/// <summary>Completes words that are always the same.</summary>
public abstract class WordCompleter : KubeCompleter
{
    private readonly (string Word, string What)[] _words;

    private protected WordCompleter(params (string Word, string What)[] words) => _words = words;

    private protected override Task<IReadOnlyList<Suggestion>> FindAsync(KubeSession session, CompletionRequest request) =>
        Task.FromResult<IReadOnlyList<Suggestion>>([.. _words.Where(one => request.Fits(one.Word)).Select(static one => new Suggestion(one.Word, one.What))]);
}

/// <summary>Completes verbs of the API.</summary>
public sealed class VerbCompleter() : WordCompleter(
    ("get", "read one object"),
    ("list", "read many"),
    ("watch", "follow changes"),
    ("create", "make one"),
    ("update", "replace one"),
    ("patch", "change one"),
    ("delete", "remove one"),
    ("deletecollection", "remove many"));

/// <summary>Completes what New-KubeResource makes by a few words.</summary>
public sealed class NewKindCompleter() : WordCompleter(
    ("configmap", "texts and files: -Data, -FromFile"),
    ("secret", "texts and files that are secret: -StringData, -FromFile"),
    ("namespace", "a namespace"),
    ("deployment", "pods of one image: -Image, -Replicas, -Port"),
    ("job", "a pod that ends: -Image, -Command or -FromCronJob"),
    ("serviceaccount", "an account for pods"));

/// <summary>Completes types of Secrets.</summary>
public sealed class SecretTypeCompleter() : WordCompleter(
    ("Opaque", "whatever it is; the default"),
    ("kubernetes.io/tls", "tls.crt and tls.key"),
    ("kubernetes.io/dockerconfigjson", ".dockerconfigjson"),
    ("kubernetes.io/basic-auth", "username and password"),
    ("kubernetes.io/ssh-auth", "ssh-privatekey"));
