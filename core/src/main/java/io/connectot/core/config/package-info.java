// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/**
 * What a connector may be told: the keys, the device and tag lines, and the check of both.
 *
 * <p>Keys live in fragments: a class with {@code static ConfigDef addTo(ConfigDef)} and accessors
 * that return the domain's types.
 */
package io.connectot.core.config;
