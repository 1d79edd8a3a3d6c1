// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The checks of a configuration before a connector is created. */
package io.connectot.core.config.validation;
