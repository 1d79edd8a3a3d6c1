// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;

/**
 * A certificate and its private key.
 *
 * @param key the configuration key that names the certificate, for messages
 * @param certificate PEM with the chain, DER, or PKCS#12 with chain and private key
 * @param privateKey PEM, if not in the same file
 * @param password of the private key or of the PKCS#12 file
 */
public record KeyFiles(
    String key, Path certificate, Optional<Path> privateKey, Optional<Password> password) {}
