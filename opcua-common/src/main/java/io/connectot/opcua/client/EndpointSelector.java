// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.core.config.Configuration;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.ProtocolException.Kind;
import io.connectot.opcua.client.service.UaErrors;
import io.connectot.opcua.config.AuthType;
import io.connectot.opcua.config.MessageSecurity;
import io.connectot.opcua.config.OpcUaConnectionConfig;
import io.connectot.opcua.config.OpcUaIdentityConfig;
import io.connectot.opcua.config.OpcUaSecurityConfig;
import io.connectot.opcua.config.SecurityPolicyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Selects one of a server's endpoints (OPC UA Part 4 §5.5.4). */
final class EndpointSelector {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointSelector.class);

  /** From the weakest. SHA-1 and short keys come before any of the later ones. */
  private static final List<SecurityPolicy> STRENGTH =
      List.of(
          SecurityPolicy.None,
          SecurityPolicy.Basic128Rsa15,
          SecurityPolicy.Basic256,
          SecurityPolicy.Aes128_Sha256_RsaOaep,
          SecurityPolicy.Basic256Sha256,
          SecurityPolicy.Aes256_Sha256_RsaPss);

  private static final Comparator<EndpointDescription> BY_STRENGTH =
      Comparator.<EndpointDescription, Boolean>comparing(e -> isUpToDate(policy(e)))
          .thenComparing(e -> e.getSecurityMode() == MessageSecurityMode.SignAndEncrypt)
          .thenComparing(e -> STRENGTH.indexOf(policy(e)))
          .thenComparing(e -> e.getSecurityLevel().intValue());

  /** The device lines and hosts of which the log says that they differ; of the whole worker. */
  private static final Set<String> OTHER_HOSTS = ConcurrentHashMap.newKeySet();

  private final Configuration config;

  EndpointSelector(Configuration config) {
    this.config = config;
  }

  /**
   * Chooses the strongest endpoint that the configuration allows.
   *
   * @param url that the server was asked at
   * @return the endpoint, with the URL to connect to
   * @throws ProtocolException when there is none, saying what the server offers
   */
  EndpointDescription choose(String url, List<EndpointDescription> offered)
      throws ProtocolException {
    return candidates(url, offered).get(0);
  }

  /**
   * The endpoints that the configuration allows, with the URL to connect to: the strongest first,
   * then one for each weaker policy. An unprotected one is there only if no other is allowed.
   *
   * @param url that the server was asked at
   * @throws ProtocolException when there is none, saying what the server offers
   */
  List<EndpointDescription> candidates(String url, List<EndpointDescription> offered)
      throws ProtocolException {
    List<EndpointDescription> usable = offered.stream().filter(EndpointSelector::isUsable).toList();
    if (usable.isEmpty()) {
      throw none(
          url, "the server offers no endpoint over opc.tcp with a security policy known here");
    }
    List<EndpointDescription> secure = usable.stream().filter(this::isAllowed).toList();
    if (secure.isEmpty()) {
      throw none(url, refusal(usable));
    }
    List<EndpointDescription> open =
        secure.stream().filter(e -> takes(e, config.get(OpcUaIdentityConfig.TYPE))).toList();
    if (open.isEmpty()) {
      throw none(
          url,
          "the server takes no "
              + words(config.get(OpcUaIdentityConfig.TYPE))
              + " at "
              + describe(secure)
              + "; set "
              + OpcUaIdentityConfig.TYPE
              + " to a type that it accepts");
    }
    boolean discovered = config.get(OpcUaConnectionConfig.USE_DISCOVERED_HOST);
    if (!discovered) {
      warnOfOtherHost(url, open.get(0));
    }
    Map<SecurityPolicy, EndpointDescription> strongest = new LinkedHashMap<>();
    open.stream()
        .sorted(BY_STRENGTH.reversed())
        .forEach(e -> strongest.putIfAbsent(policy(e), discovered ? e : at(url, e)));
    if (strongest.size() > 1) {
      // A failure must not lead to an unprotected connection.
      strongest.remove(SecurityPolicy.None);
    }
    return List.copyOf(strongest.values());
  }

  /** The host that an endpoint names, if it is not the one of the device line. */
  static Optional<String> otherHost(String url, EndpointDescription endpoint) {
    return Optional.ofNullable(EndpointUtil.getHost(endpoint.getEndpointUrl()))
        .filter(host -> !host.equalsIgnoreCase(EndpointUtil.getHost(url)));
  }

  /** Warns once that the server names a host that is not used. */
  private static void warnOfOtherHost(String url, EndpointDescription endpoint) {
    otherHost(url, endpoint)
        .filter(host -> OTHER_HOSTS.add(url + " " + host))
        .ifPresent(
            host ->
                LOG.warn(
                    "{}: the server's endpoints name the host {}; the connector connects to the"
                        + " host of the device line, as {}=false",
                    url,
                    host,
                    OpcUaConnectionConfig.USE_DISCOVERED_HOST));
  }

  /** The policy of an endpoint that {@link #choose} returned. */
  static SecurityPolicy policy(EndpointDescription endpoint) {
    return SecurityPolicy.fromUriSafe(endpoint.getSecurityPolicyUri()).orElseThrow();
  }

  private static boolean isUpToDate(SecurityPolicy policy) {
    return STRENGTH.indexOf(policy) >= STRENGTH.indexOf(SecurityPolicy.Aes128_Sha256_RsaOaep);
  }

  private static boolean isUsable(EndpointDescription endpoint) {
    Optional<SecurityPolicy> policy =
        SecurityPolicy.fromUriSafe(endpoint.getSecurityPolicyUri()).filter(STRENGTH::contains);
    // Some servers leave the profile out.
    String profile = endpoint.getTransportProfileUri();
    boolean tcp =
        profile == null
            || profile.isEmpty()
            || profile.equals(Stack.TCP_UASC_UABINARY_TRANSPORT_URI);
    MessageSecurityMode mode = endpoint.getSecurityMode();
    boolean none = mode == MessageSecurityMode.None;
    return tcp
        && policy.isPresent()
        && mode != null
        && mode != MessageSecurityMode.Invalid
        && none == (policy.get() == SecurityPolicy.None);
  }

  private boolean isAllowed(EndpointDescription endpoint) {
    SecurityPolicyOption wanted = config.get(OpcUaSecurityConfig.POLICY);
    MessageSecurity security = config.get(OpcUaSecurityConfig.MODE);
    SecurityPolicy policy = policy(endpoint);
    if (policy == SecurityPolicy.None) {
      boolean asked = wanted == SecurityPolicyOption.NONE || wanted == SecurityPolicyOption.AUTO;
      return asked && config.get(OpcUaSecurityConfig.ALLOW_NONE);
    }
    boolean policyFits =
        wanted == SecurityPolicyOption.AUTO || wanted.name().equalsIgnoreCase(policy.name());
    MessageSecurityMode mode = endpoint.getSecurityMode();
    boolean modeFits =
        security == MessageSecurity.AUTO
            || (security == MessageSecurity.SIGN && mode == MessageSecurityMode.Sign)
            || (security == MessageSecurity.SIGN_AND_ENCRYPT
                && mode == MessageSecurityMode.SignAndEncrypt);
    return policyFits && modeFits;
  }

  private static boolean takes(EndpointDescription endpoint, AuthType type) {
    UserTokenPolicy[] policies = endpoint.getUserIdentityTokens();
    if (policies == null || policies.length == 0) {
      return type == AuthType.ANONYMOUS;
    }
    UserTokenType wanted =
        switch (type) {
          case ANONYMOUS -> UserTokenType.Anonymous;
          case USERNAME -> UserTokenType.UserName;
          case X509 -> UserTokenType.Certificate;
        };
    for (UserTokenPolicy policy : policies) {
      if (policy.getTokenType() == wanted) {
        return true;
      }
    }
    return false;
  }

  private String refusal(List<EndpointDescription> usable) {
    boolean onlyNone = usable.stream().allMatch(e -> policy(e) == SecurityPolicy.None);
    if (onlyNone && config.get(OpcUaSecurityConfig.POLICY) == SecurityPolicyOption.AUTO) {
      return "the server offers unprotected connections only; enable security at "
          + "the server, or allow them with "
          + OpcUaSecurityConfig.ALLOW_NONE
          + "=true";
    }
    return "the server does not offer what "
        + OpcUaSecurityConfig.POLICY
        + " and "
        + OpcUaSecurityConfig.MODE
        + " ask for; it offers "
        + describe(usable);
  }

  private static String describe(List<EndpointDescription> endpoints) {
    return endpoints.stream()
        .map(e -> policy(e).name() + "/" + e.getSecurityMode())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String words(AuthType type) {
    return switch (type) {
      case ANONYMOUS -> "anonymous user";
      case USERNAME -> "user name";
      case X509 -> "user certificate";
    };
  }

  /** Warns of a policy that protects little. */
  static void warn(String url, SecurityPolicy policy) {
    if (policy == SecurityPolicy.None) {
      LOG.warn(
          "{}: the connection is not protected, as {} allows", url, OpcUaSecurityConfig.ALLOW_NONE);
    } else if (!isUpToDate(policy)) {
      LOG.warn(
          "{}: the security policy {} is outdated; enable a newer one at the " + "server",
          url,
          policy);
    }
  }

  /** The endpoint at the host and port that are known to be reachable, with its own path. */
  private static EndpointDescription at(String url, EndpointDescription endpoint) {
    String host = EndpointUtil.getHost(url);
    boolean named = EndpointUtil.getHost(endpoint.getEndpointUrl()) != null;
    EndpointDescription moved = EndpointUtil.updateUrl(endpoint, host, EndpointUtil.getPort(url));
    return new EndpointDescription(
        named ? moved.getEndpointUrl() : url,
        endpoint.getServer(),
        endpoint.getServerCertificate(),
        endpoint.getSecurityMode(),
        endpoint.getSecurityPolicyUri(),
        endpoint.getUserIdentityTokens(),
        endpoint.getTransportProfileUri(),
        endpoint.getSecurityLevel());
  }

  private static ProtocolException none(String url, String message) {
    return UaErrors.of(Kind.CONFIGURATION, "NO_ENDPOINT", url, message, null);
  }
}
