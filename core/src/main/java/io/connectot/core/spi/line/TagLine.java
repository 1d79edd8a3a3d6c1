// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.line;

import java.util.Optional;

/**
 * A tag line as written: {@code tags.<name>=<address> [<type>] [key=value …]} or a row of {@code
 * tags.file}.
 *
 * @param name the tag name
 * @param address the address in the protocol's own form, never empty
 * @param type the type as written; empty when the line has none
 * @param options the options, of which the protocol takes its own
 */
public record TagLine(String name, String address, Optional<String> type, LineOptions options) {}
