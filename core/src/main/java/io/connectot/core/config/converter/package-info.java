// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Which converters carry which records. */
package io.connectot.core.config.converter;
