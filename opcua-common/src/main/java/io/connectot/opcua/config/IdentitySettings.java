// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import java.util.Optional;
import org.apache.kafka.common.config.types.Password;

/**
 * As whom sessions are activated.
 *
 * @param username with {@link AuthType#USERNAME}
 * @param password with {@link AuthType#USERNAME}
 * @param certificate with {@link AuthType#X509}
 */
public record IdentitySettings(
    AuthType type,
    Optional<String> username,
    Optional<Password> password,
    Optional<KeyFiles> certificate) {}
