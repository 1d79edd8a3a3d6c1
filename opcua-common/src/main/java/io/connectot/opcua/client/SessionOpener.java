// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.opcua.client.certificate.ApplicationCertificate;
import io.connectot.opcua.client.certificate.CertificateWithKey;
import io.connectot.opcua.client.certificate.PkiDirectory;
import io.connectot.opcua.client.certificate.ServerCertificateValidator;
import io.connectot.opcua.client.service.RequestChunks;
import io.connectot.opcua.client.service.ServiceStatus;
import io.connectot.opcua.client.service.UaErrors;
import io.connectot.opcua.config.OpcUaConnectionConfig;
import io.connectot.opcua.config.OpcUaSecurityConfig;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a session with the server at one URL. Thread-safe. */
final class SessionOpener {
  private static final Logger LOG = LoggerFactory.getLogger(SessionOpener.class);

  /** Long answers to Browse, HistoryRead and Publish are longer than Milo's own limit of 2 MiB. */
  private static final int MAX_MESSAGE = 64 * 1024 * 1024;

  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);
  private static final long LEAST_PATIENCE_MILLIS = 5000;
  private static final int MAX_CHUNK = 65_535;
  private static final int MAX_DEPTH = 128;

  /**
   * Twice what is needed, as not all of a chunk is message, and for servers whose chunks are
   * shorter. Not more: Milo makes a list of this size for every message.
   */
  private static final int MAX_CHUNKS = 2 * (MAX_MESSAGE / MAX_CHUNK);

  private static final EncodingLimits LIMITS =
      new EncodingLimits(MAX_CHUNK, MAX_CHUNKS, MAX_MESSAGE, MAX_DEPTH);

  /** How long a policy that a server offered and then refused is tried last. */
  private static final long REFUSED_NANOS = Duration.ofHours(1).toNanos();

  /** When servers refused policies, by URL and policy; of the whole worker. */
  private static final Map<String, Long> REFUSED = new ConcurrentHashMap<>();

  private final Configuration config;
  private final PkiDirectory pki;
  private final EndpointSelector choice;

  SessionOpener(Configuration config) {
    this.config = config;
    this.pki = new PkiDirectory(config.get(OpcUaSecurityConfig.PKI_DIR));
    this.choice = new EndpointSelector(config);
  }

  /**
   * Connects and activates a session within the connect timeout.
   *
   * @throws ProtocolException saying what an operator has to do about it
   */
  MiloSession open(String url) throws ProtocolException, InterruptedException {
    ConnectDeadline deadline =
        ConnectDeadline.in(config.get(OpcUaConnectionConfig.CONNECT_TIMEOUT));
    RandomSeed.await(deadline);
    // So that threads do not end and begin between asking for endpoints and connecting to one.
    ClientThreads.Lease threads = ClientThreads.lease();
    try {
      return open(
          url, choice.candidates(url, EndpointDiscovery.endpoints(url, deadline)), deadline);
    } finally {
      threads.close();
    }
  }

  /**
   * Uses the first of some endpoints that the server accepts: some servers offer policies that they
   * then refuse.
   */
  private MiloSession open(
      String url, List<EndpointDescription> endpoints, ConnectDeadline deadline)
      throws ProtocolException, InterruptedException {
    ProtocolException first = null;
    List<SecurityPolicy> refused = new ArrayList<>();
    for (EndpointDescription endpoint : refusedLast(url, endpoints)) {
      SecurityPolicy policy = EndpointSelector.policy(endpoint);
      try {
        MiloSession session = open(url, endpoint, deadline);
        EndpointSelector.warn(url, policy);
        if (first != null) {
          refused.forEach(other -> REFUSED.put(refusal(url, other), System.nanoTime()));
          LOG.warn(
              "{}: the server offers the security policy {} and then refuses it ({}); using {}."
                  + " Set {} to this policy to avoid the attempt",
              url,
              refused.get(0),
              first.status(),
              policy,
              OpcUaSecurityConfig.POLICY);
        }
        return session;
      } catch (ProtocolException e) {
        if (!isAboutPolicy(e)) {
          // With a policy that works, it is this one that counts.
          throw e;
        }
        first = first == null ? e : first;
        if (deadline.passed()) {
          throw first;
        }
        refused.add(policy);
      }
    }
    throw first;
  }

  /** In the same order, but policies that the server has refused come last. */
  private static List<EndpointDescription> refusedLast(
      String url, List<EndpointDescription> endpoints) {
    long now = System.nanoTime();
    REFUSED.values().removeIf(since -> now - since > REFUSED_NANOS);
    return endpoints.stream()
        .sorted(
            Comparator.comparing(
                endpoint -> REFUSED.containsKey(refusal(url, EndpointSelector.policy(endpoint)))))
        .toList();
  }

  private static String refusal(String url, SecurityPolicy policy) {
    return url + " " + policy;
  }

  /** Whether another policy may help. */
  private static boolean isAboutPolicy(ProtocolException failure) {
    long code = ServiceStatus.of(failure);
    return code == StatusCodes.Bad_SecurityPolicyRejected
        || code == StatusCodes.Bad_SecurityModeRejected
        || code == StatusCodes.Bad_SecurityModeInsufficient
        // Also the answer to an algorithm that the server does not know.
        || code == StatusCodes.Bad_SecurityChecksFailed
        || code == StatusCodes.Bad_CertificatePolicyCheckFailed
        || code == StatusCodes.Bad_ApplicationSignatureInvalid
        || code == StatusCodes.Bad_TcpInternalError;
  }

  private MiloSession open(String url, EndpointDescription endpoint, ConnectDeadline deadline)
      throws ProtocolException, InterruptedException {
    ServerCertificateValidator trust = new ServerCertificateValidator(config, pki, url);
    Optional<CertificateWithKey> own = own(EndpointSelector.policy(endpoint));
    registerAlgorithms();
    MiloConnection link =
        MiloConnection.on(clientConfig(endpoint, trust, own), url, deadline.left());
    try {
      return activate(link, deadline);
    } catch (ProtocolException e) {
      link.end(CLOSE_TIMEOUT);
      throw trust.refusal().orElseGet(() -> namingHost(url, endpoint, naming(own, e)));
    } catch (InterruptedException | RuntimeException e) {
      link.end(Duration.ZERO);
      throw e;
    }
  }

  private Optional<CertificateWithKey> own(SecurityPolicy policy) throws ProtocolException {
    if (policy == SecurityPolicy.None) {
      return Optional.empty();
    }
    pki.prepare();
    return Optional.of(ApplicationCertificate.get(config, pki));
  }

  private MiloSession activate(MiloConnection link, ConnectDeadline deadline)
      throws ProtocolException, InterruptedException {
    OpcUaClient client = link.client();
    link.await(client.connectAsync(), deadline.left());
    ServerInfo info = ServerInfo.of(readInfo(link, deadline), config);
    if (info.namespaceUris().isEmpty()) {
      throw UaErrors.of(
          ProtocolException.Kind.TRANSIENT,
          "NO_NAMESPACES",
          link.url(),
          "the server does not return its namespaces (Server_NamespaceArray); "
              + "it may still be starting, or the user may not read them",
          null);
    }
    info.fill(client.getNamespaceTable());
    return new MiloSession(link, info, config);
  }

  /** How much the server takes at once is among what is read. */
  private static DataValue[] readInfo(MiloConnection link, ConnectDeadline deadline)
      throws ProtocolException, InterruptedException {
    List<ReadValueId> requests = ServerInfo.requests();
    List<DataValue> values = new ArrayList<>();
    RequestChunks.send(
        requests,
        requests.size(),
        some -> {
          CompletableFuture<ReadResponse> answer =
              link.client().readAsync(0, TimestampsToReturn.Neither, List.copyOf(some));
          DataValue[] answered = link.await(answer, deadline.left()).getResults();
          for (int i = 0; i < some.size(); i++) {
            values.add(answered != null && i < answered.length ? answered[i] : null);
          }
        });
    return values.toArray(DataValue[]::new);
  }

  private OpcUaClientConfig clientConfig(
      EndpointDescription endpoint,
      ServerCertificateValidator trust,
      Optional<CertificateWithKey> own)
      throws ProtocolException {
    long keepAlive = config.get(OpcUaConnectionConfig.KEEPALIVE_INTERVAL).toMillis();
    String uri = OpcUaSecurityConfig.applicationUri(config);
    OpcUaClientConfigBuilder builder =
        OpcUaClientConfig.builder()
            .setEndpoint(endpoint)
            .setApplicationName(LocalizedText.english("Kafka Connect OT"))
            .setApplicationUri(uri)
            .setProductUri("urn:connect-ot:opcua")
            .setSessionName(() -> uri)
            .setSessionLocaleIds(config.get(OpcUaConnectionConfig.LOCALE).toArray(new String[0]))
            .setCertificateValidator(trust)
            .setIdentityProvider(IdentityProviders.of(config, endpoint, trust))
            .setEncodingLimits(LIMITS)
            .setRequestTimeout(
                Unsigned.uint(config.get(OpcUaConnectionConfig.REQUEST_TIMEOUT).toMillis()))
            .setSessionTimeout(
                Unsigned.uint(config.get(OpcUaConnectionConfig.SESSION_TIMEOUT).toMillis()))
            .setKeepAliveInterval(Unsigned.uint(keepAlive))
            .setKeepAliveTimeout(Unsigned.uint(keepAliveTimeout()))
            .setKeepAliveFailuresAllowed(Unsigned.uint(1));
    own.ifPresent(
        credential ->
            builder
                .setKeyPair(credential.keyPair())
                .setCertificate(credential.certificate())
                .setCertificateChain(credential.chain().toArray(new X509Certificate[0])));
    return builder.build();
  }

  /** Not shorter than a busy server or worker may pause. */
  private long keepAliveTimeout() {
    long patient =
        Math.max(
            LEAST_PATIENCE_MILLIS, config.get(OpcUaConnectionConfig.KEEPALIVE_INTERVAL).toMillis());
    return Math.min(patient, config.get(OpcUaConnectionConfig.REQUEST_TIMEOUT).toMillis());
  }

  /** Says which host cannot be reached, if it is not the one of the device line. */
  private static ProtocolException namingHost(
      String url, EndpointDescription endpoint, ProtocolException failure) {
    Optional<String> host = EndpointSelector.otherHost(url, endpoint);
    long code = ServiceStatus.of(failure);
    boolean unreachable =
        failure.status().equals(UaErrors.UNKNOWN_HOST)
            || code == StatusCodes.Bad_ConnectionRejected
            || code == StatusCodes.Bad_Timeout;
    return host.isEmpty() || !unreachable
        ? failure
        : UaErrors.of(
            failure.kind(),
            failure.status(),
            url,
            "the host "
                + host.get()
                + ", which the server's endpoint names, cannot be reached ("
                + failure.status()
                + "); set "
                + OpcUaConnectionConfig.USE_DISCOVERED_HOST
                + "=false to connect to the host of the device line, or make the other one known"
                + " to the worker",
            failure);
  }

  /** Says which certificate a server did not accept. */
  private static ProtocolException naming(
      Optional<CertificateWithKey> own, ProtocolException failure) {
    boolean refused =
        failure.status().contains("Bad_Cert") || failure.status().contains("SecurityChecks");
    if (!refused || own.isEmpty()) {
      return failure;
    }
    return new ProtocolException(
        failure.kind(),
        failure.scope(),
        failure.status(),
        failure.getMessage() + "; it is " + own.get().file(),
        failure);
  }

  /**
   * Makes known what the Java runtime does not have under the names that Milo uses: RSA-PSS and
   * OAEP with SHA-256. At the end of the list, so that it decides nothing for others in the worker.
   */
  private static void registerAlgorithms() {
    if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
      Security.addProvider(new BouncyCastleProvider());
    }
  }
}
